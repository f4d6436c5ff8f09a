import type { Models } from '../models';

/** Asks for the user's access token and keeps it in the secret storage. */
export function setHuggingFaceToken({ access }: Models) {
  return (): Promise<void> =>
    access.askToken(
      'For private and gated models. It is kept in VS Code’s secret storage. Leave empty to remove it.',
    );
}
