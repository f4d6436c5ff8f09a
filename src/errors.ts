import * as vscode from 'vscode';
import { unlinked } from './source/statement';

/** A button of a message and what it does. */
export interface Action {
  readonly title: string;
  run(): unknown;
}

/** Something that the user can understand and act on: shown as it stands, without a stack. */
export class UserError extends Error {
  constructor(
    message: string,
    readonly actions: readonly Action[] = [],
  ) {
    super(message);
    this.name = 'UserError';
  }
}

/** LSP error codes of a request that was cancelled (RequestCancelled, ServerCancelled). */
const CANCELLED_CODES = new Set([-32800, -32802]);

/** Whether an error only says that the user, or the editor, changed their mind. Never shown. */
export function isCancellation(error: unknown): boolean {
  if (error instanceof vscode.CancellationError) return true;
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'number' && CANCELLED_CODES.has(code);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

type Severity = 'information' | 'warning' | 'error';

function display(severity: Severity, text: string, titles: string[]): Thenable<string | undefined> {
  const message = unlinked(text);
  if (severity === 'error') return vscode.window.showErrorMessage(message, ...titles);
  if (severity === 'warning') return vscode.window.showWarningMessage(message, ...titles);
  return vscode.window.showInformationMessage(message, ...titles);
}

/** Shows messages and runs the button that was pressed; the one place where errors surface. */
export class Messages {
  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** Shows a message without waiting for the user; a pressed button runs with its own error handling. */
  show(severity: Severity, message: string, actions: readonly Action[] = []): void {
    void this.guard(message, async () => {
      const pressed = await display(
        severity,
        message,
        actions.map((action) => action.title),
      );
      await actions.find((action) => action.title === pressed)?.run();
    });
  }

  /** Shows an error, unless it is a cancellation. */
  showError(what: string, error: unknown): void {
    if (isCancellation(error)) return;
    if (error instanceof UserError) {
      this.log.warn(`${what}: ${error.message}`);
      this.show('error', error.message, error.actions);
      return;
    }
    this.log.error(what, error instanceof Error ? error : String(error));
    const openLog = {
      title: 'Show Log',
      run: () => this.log.show(),
    };
    this.show('error', `Quickfire: ${messageOf(error)}`, [openLog]);
  }

  /**
   * Runs `work` and shows what it throws.
   * @param what names the work in the log
   * @returns its result, or undefined when it failed or was cancelled
   */
  async guard<T>(what: string, work: () => T | PromiseLike<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.showError(what, error);
      return undefined;
    }
  }
}
