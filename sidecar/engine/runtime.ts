import type * as Runtime from 'onnxruntime-node';
import { ModelError } from './errors';
import { loadProblem, thisPlatform } from './platforms';

/**
 * Loads ONNX Runtime, with its telemetry off: the library reads the variable once, when it is loaded,
 * so this is the only place that may import more of it than types.
 * @throws ModelError that says what to do where its binaries are missing or do not fit the system.
 */
export async function loadRuntime(): Promise<typeof Runtime> {
  process.env.ORT_DISABLE_TELEMETRY ??= '1';
  try {
    return await import('onnxruntime-node');
  } catch (error) {
    throw new ModelError(loadProblem(thisPlatform, error));
  }
}
