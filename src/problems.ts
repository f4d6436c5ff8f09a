import * as vscode from 'vscode';
import type { FactFileProblem, Status } from '../sidecar/protocol';
import type { Messages } from './errors';

/** Warns once about each line of a facts file that could not be read. */
export class ProblemWarnings {
  private warned = new Set<string>();

  constructor(private readonly messages: Messages) {}

  /** Warns about what is new in `status`; a line that was repaired and broke again is new. */
  update({ problems }: Pick<Status, 'problems'>): void {
    const fresh = problems.filter((problem) => !this.warned.has(keyOf(problem)));
    this.warned = new Set(problems.map(keyOf));
    const [first] = fresh;
    if (!first) return;
    const more = fresh.length > 1 ? ` (and ${fresh.length - 1} more)` : '';
    const where = `${vscode.workspace.asRelativePath(first.file)}, line ${first.line}${more}`;
    this.messages.show(
      'warning',
      `${where} is not a fact that can be read: ${first.message} It is kept as it is; the other facts are loaded.`,
      [{ title: 'Open', run: () => openLine(first) }],
    );
  }
}

function keyOf({ file, line, message }: FactFileProblem): string {
  return `${file}:${line}:${message}`;
}

async function openLine({ file, line }: FactFileProblem): Promise<void> {
  const selection = new vscode.Range(line - 1, 0, line - 1, 0);
  await vscode.window.showTextDocument(vscode.Uri.file(file), { selection });
}
