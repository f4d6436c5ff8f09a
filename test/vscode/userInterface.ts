/** Watches messages and input boxes, and answers them as a user would. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './support';

export interface ShownMessage {
  readonly severity: 'information' | 'warning' | 'error';
  readonly text: string;
  readonly buttons: readonly string[];
}

type PressButton = (button: vscode.QuickInputButton) => unknown;

interface Box {
  readonly input: vscode.InputBox;
  readonly pressed: PressButton[];
}

interface Progress {
  readonly title: string;
  readonly source: vscode.CancellationTokenSource;
}

type Show = (text: string, ...items: unknown[]) => Thenable<unknown>;

/**
 * While installed, messages go to `messages` instead of the screen and are dismissed, or answered by
 * the button that `press` named; input boxes and progress are the real ones, remembered to be acted on.
 */
export class UserInterface {
  readonly messages: ShownMessage[] = [];
  private readonly boxes: Box[] = [];
  private readonly progresses: Progress[] = [];
  private readonly window = vscode.window as unknown as Record<string, unknown>;
  private readonly originals = new Map<string, unknown>();
  private readonly buttons: string[] = [];

  install(): void {
    const { createInputBox, withProgress } = vscode.window;
    for (const severity of ['information', 'warning', 'error'] as const) {
      const name = `show${severity[0]?.toUpperCase()}${severity.slice(1)}Message`;
      this.replace(name, ((text, ...items) =>
        Promise.resolve(this.show(severity, text, items))) satisfies Show);
    }
    this.replace('createInputBox', () => {
      const box = { input: createInputBox(), pressed: [] as PressButton[] };
      this.boxes.push(box);
      box.input.onDidHide(() => this.boxes.splice(this.boxes.indexOf(box), 1));
      const { onDidTriggerButton } = box.input;
      const listen = (listener: PressButton): vscode.Disposable => {
        box.pressed.push(listener);
        return onDidTriggerButton(listener);
      };
      Object.defineProperty(box.input, 'onDidTriggerButton', { value: listen });
      return box.input;
    });
    this.replace('withProgress', ((options, task) =>
      withProgress(options, async (progress, token) => {
        const source = new vscode.CancellationTokenSource();
        token.onCancellationRequested(() => source.cancel());
        const shown = { title: options.title ?? '', source };
        this.progresses.push(shown);
        try {
          return await task(progress, source.token);
        } finally {
          this.progresses.splice(this.progresses.indexOf(shown), 1);
        }
      })) satisfies typeof vscode.window.withProgress);
  }

  restore(): void {
    for (const [name, original] of this.originals) this.window[name] = original;
    this.originals.clear();
  }

  /** From now on, presses these buttons, one after another: each once, of the first message that has it. */
  press(...buttons: string[]): void {
    this.buttons.splice(0, Infinity, ...buttons);
  }

  /** Waits for a message, and forgets it. */
  async message(pattern: RegExp): Promise<ShownMessage> {
    const find = (): ShownMessage | undefined => this.messages.find(({ text }) => pattern.test(text));
    const found = await until(`a message ${pattern}; shown: ${JSON.stringify(this.messages)}`, find).catch(
      () => undefined,
    );
    assert.ok(found, `a message ${pattern}; shown were ${JSON.stringify(this.messages)}`);
    this.messages.splice(this.messages.indexOf(found), 1);
    return found;
  }

  /** Waits for the input box whose prompt matches, with its draft in it. */
  async box(prompt: RegExp): Promise<vscode.InputBox> {
    return (await this.findBox(prompt)).input;
  }

  /** Presses the button of an input box whose tooltip matches. */
  async pressInBox(prompt: RegExp, tooltip: RegExp): Promise<void> {
    const { input, pressed } = await this.findBox(prompt);
    const button = input.buttons.find((candidate) => tooltip.test(candidate.tooltip ?? ''));
    assert.ok(button, `a button ${tooltip}`);
    for (const press of pressed) press(button);
  }

  /** Presses Cancel of a progress notification, once it is shown. */
  async cancel(title: RegExp): Promise<void> {
    const find = (): Progress | undefined => this.progresses.find((shown) => title.test(shown.title));
    (await until(`progress ${title}`, find)).source.cancel();
  }

  get openBoxes(): number {
    return this.boxes.length;
  }

  private async findBox(prompt: RegExp): Promise<Box> {
    return until(`an input box ${prompt}`, () =>
      this.boxes.find(({ input }) => !input.busy && prompt.test(input.prompt ?? '')),
    );
  }

  private show(severity: ShownMessage['severity'], text: string, items: unknown[]): string | undefined {
    const buttons = items.filter((item): item is string => typeof item === 'string');
    this.messages.push({ severity, text, buttons });
    const [next] = this.buttons;
    return next !== undefined && buttons.includes(next) ? this.buttons.shift() : undefined;
  }

  private replace(name: string, by: unknown): void {
    this.originals.set(name, this.window[name]);
    this.window[name] = by;
  }
}

/** The keys of a quick input, as commands. */
export const keys = {
  enter: () => vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem'),
  escape: () => vscode.commands.executeCommand('workbench.action.closeQuickOpen'),
  back: () => vscode.commands.executeCommand('workbench.action.quickInputBack'),
} as const;
