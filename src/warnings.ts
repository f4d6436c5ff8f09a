import * as vscode from 'vscode';
import type { FactFileProblem, Status } from '../sidecar/protocol';
import type { Messages } from './errors';
import { Commands, Settings } from './ids';
import { modelSetting, openSetting } from './settings';
import type { SidecarStatus } from './sidecarStatus';

/** Tells the user, once each, what a status says is wrong: a model that cannot be used, lines that are not facts. */
export class StatusWarnings implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  private problems = new Set<string>();
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
      const restart = { title: 'Restart', run: () => vscode.commands.executeCommand(restartSidecar) };
      // A setting that names the model may be what is wrong.
      const settings = modelSetting() === '' ? [] : [openSetting(Settings.model)];
      this.messages.show('error', `Quickfire: ${error}`, [restart, ...settings]);
    }
    this.modelError = error;
  }

  private warnOfLines(problems: readonly FactFileProblem[]): void {
    const fresh = problems.filter((problem) => !this.problems.has(keyOf(problem)));
    this.problems = new Set(problems.map(keyOf));
    const [first] = fresh;
    if (!first) return;
    const more = fresh.length > 1 ? ` (and ${fresh.length - 1} more)` : '';
    const where = `${vscode.workspace.asRelativePath(first.file)}, line ${first.line}${more}`;
    this.messages.show(
      'warning',
      `${where} cannot be read as a fact: ${first.message} It is kept as it is, and all other facts are loaded.`,
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
