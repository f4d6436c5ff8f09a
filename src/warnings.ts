import * as vscode from 'vscode';
import type { FactFileProblem, Status } from '../sidecar/protocol';
import type { Messages } from './errors';
import { Commands, Settings } from './ids';
import { modelSetting, openSetting } from './settings';
import type { SidecarStatus } from './sidecarStatus';

/** Tells the user, once each, what a status says is wrong: a model that cannot be used, lines that are not facts. */
export class StatusWarnings implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  private problems = new Map<string, number>();
  private modelError: string | undefined;

  constructor(
    status: SidecarStatus,
    private readonly messages: Messages,
  ) {
    this.subscription = status.onDidChange((current) => {
      this.warnOfModel(current);
      this.warnOfLines(current.problems);
    });
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private warnOfModel({ health, message = 'the model cannot be used' }: Status): void {
    if (health === 'starting') return;
    const error = health === 'error' ? message : undefined;
    if (error !== undefined && error !== this.modelError) {
      const { restartSidecar } = Commands;
      const run = async (): Promise<void> => {
        // The same error is told again then.
        this.modelError = undefined;
        await vscode.commands.executeCommand(restartSidecar);
      };
      const restart = { title: 'Restart', run };
      // A setting that names the model may be what is wrong.
      const settings = modelSetting() === '' ? [] : [openSetting(Settings.model)];
      this.messages.show('error', `Quickfire: ${error}`, [restart, ...settings]);
    }
    this.modelError = error;
  }

  private warnOfLines(problems: readonly FactFileProblem[]): void {
    const before = this.problems;
    const now = new Map<string, number>();
    for (const problem of problems) now.set(keyOf(problem), (now.get(keyOf(problem)) ?? 0) + 1);
    const fresh = problems.filter(
      (problem) => (now.get(keyOf(problem)) ?? 0) > (before.get(keyOf(problem)) ?? 0),
    );
    this.problems = now;
    const [first] = fresh;
    if (!first) return;
    const more = fresh.length > 1 ? ` (${fresh.length - 1} more like this)` : '';
    this.messages.show('warning', `${textOf(first)}${more}`, [{ title: 'Open', run: () => open(first) }]);
  }
}

/** The same for a problem that has moved to another line. */
function keyOf({ file, message }: FactFileProblem): string {
  return `${file}:${message.replace(/\bline \d+/, 'line')}`;
}

function textOf({ file, line, message }: FactFileProblem): string {
  const name = vscode.workspace.asRelativePath(file);
  return line === undefined
    ? `${name} cannot be read, so new facts in it were not learned: ${message}`
    : `${name}, line ${line} is ignored: ${message} The line is kept and all other facts are loaded.`;
}

async function open({ file, line = 1 }: FactFileProblem): Promise<void> {
  const selection = new vscode.Range(line - 1, 0, line - 1, 0);
  await vscode.window.showTextDocument(vscode.Uri.file(file), { selection });
}
