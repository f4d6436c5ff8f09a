/** A request that cannot be served; the message is meant for users. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
}
