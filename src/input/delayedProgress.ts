import * as vscode from 'vscode';

const DELAY_MS = 300;

export interface Step {
  readonly message: string;
  /** Part of the whole that is done, 0 to 1. */
  readonly done: number;
}

/**
 * Runs `work` and shows a cancellable notification if it takes longer than a moment.
 * @param work gets a token that the notification's Cancel button fires, and a reporter of steps
 */
export async function withDelayedProgress<T>(
  title: string,
  work: (token: vscode.CancellationToken, report: (step: Step) => void) => Promise<T>,
): Promise<T> {
  const source = new vscode.CancellationTokenSource();
  let last: Step = { message: '', done: 0 };
  let listener: ((step: Step) => void) | undefined;
  const result = work(source.token, (step) => {
    last = step;
    listener?.(step);
  });
  const timer = setTimeout(() => {
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    void vscode.window.withProgress(options, async (progress, token) => {
      token.onCancellationRequested(() => source.cancel());
      let shown = 0;
      listener = ({ message, done }) => {
        const percent = Math.round(done * 100);
        progress.report({ message, increment: Math.max(0, percent - shown) });
        shown = Math.max(shown, percent);
      };
      listener(last);
      await result.catch(() => undefined);
    });
  }, DELAY_MS);
  try {
    return await result;
  } finally {
    clearTimeout(timer);
    source.dispose();
  }
}
