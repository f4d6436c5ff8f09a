/** A model that cannot be loaded, converted or asked as wished; the message is meant for users. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
