import type * as Runtime from 'onnxruntime-node';

/**
 * Loads ONNX Runtime, with its telemetry off: the library reads the variable once, when it is loaded,
 * so this is the only place that may import it.
 */
export async function loadRuntime(): Promise<typeof Runtime> {
  process.env.ORT_DISABLE_TELEMETRY ??= '1';
  return await import('onnxruntime-node');
}
