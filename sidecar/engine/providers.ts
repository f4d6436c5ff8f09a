/** Execution providers of ONNX Runtime. */
export const PROVIDERS = ['cpu', 'cuda', 'webgpu', 'coreml', 'dml'] as const;
export type Provider = (typeof PROVIDERS)[number];
/** What a user may wish: one of them, or that Quickfire finds the best one. */
export const PROVIDER_CHOICES = ['auto', ...PROVIDERS] as const;
export type ProviderChoice = (typeof PROVIDER_CHOICES)[number];
export type GpuProvider = Exclude<Provider, 'cpu'>;

/** In the order in which `auto` tries them. */
const GPU_PROVIDERS: readonly GpuProvider[] = ['cuda', 'webgpu', 'coreml', 'dml'];

/**
 * Hidden size from which on `auto` tries GPUs. Below it a token takes the CPU one to three milliseconds, of which
 * a GPU could save little, so that looking for one would only delay the start.
 */
export const GPU_WIDTH = 512;

/**
 * The GPU providers to try before the CPU is taken, best first.
 * @param width the model's hidden size
 * @param builtIn names of the providers that this platform's ONNX Runtime was built with
 */
export function gpuProviders(
  choice: ProviderChoice,
  width: number,
  builtIn: readonly string[],
): GpuProvider[] {
  if (choice === 'cpu') return [];
  if (choice !== 'auto') return [choice];
  return width < GPU_WIDTH ? [] : GPU_PROVIDERS.filter((name) => builtIn.includes(name));
}
