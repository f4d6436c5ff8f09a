import { messageOf } from './errors';

/** ONNX Runtime's account of where in its sources an error arose. */
const ORIGINS = [
  /^Non-zero status code .*? Status Message: /,
  /^\/\S+:\d+ .* was false\. /,
  /^\S+\.(?:cc|cpp|h):\d+ \w+ /,
];

/** What an error of ONNX Runtime says, in one line and without names of its source files. */
export function runtimeReason(error: unknown): string {
  const [line = ''] = messageOf(error).trim().split('\n');
  return ORIGINS.reduce((text, origin) => text.replace(origin, ''), line);
}
