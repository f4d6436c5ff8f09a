import { messageOf, ModelError } from './errors';

/** ONNX Runtime's account of where in its sources an error arose. */
const ORIGINS = [
  /^Non-zero status code .*? Status Message: /,
  /^\/\S+:\d+ .* was false\. /,
  /^\S+\.(?:cc|cpp|h):\d+ \w+ /,
];

/** How the C++ library, ONNX Runtime's arena, JavaScript and GPU drivers say that memory is short. */
const SHORT_OF_MEMORY = /bad[ _]alloc|out of (?:\w+ )?memory|failed to allocate|allocation failed/i;

/** What an error of ONNX Runtime says, in one line and without names of its source files. */
export function runtimeReason(error: unknown): string {
  const [line = ''] = messageOf(error).trim().split('\n');
  return ORIGINS.reduce((text, origin) => text.replace(origin, ''), line);
}

/**
 * An error of ONNX Runtime as a user must see it.
 * @param otherwise says what is wrong where it is not the memory, before the reason
 */
export function runtimeError(error: unknown, otherwise: string): ModelError {
  const reason = runtimeReason(error);
  return new ModelError(
    SHORT_OF_MEMORY.test(reason)
      ? `There is not enough memory for this model. Close other programs or choose a smaller model. (${reason})`
      : `${otherwise}: ${reason}`,
  );
}
