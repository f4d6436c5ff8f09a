/** Watches messages and input boxes, and answers them as a user would. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './support';

export interface ShownMessage {
  readonly severity: 'information' | 'warning' | 'error';
  readonly text: string;
  readonly buttons: readonly string[];
}

type Show = (text: string, ...items: unknown[]) => Thenable<unknown>;

/**
 * While installed, messages go to `messages` instead of the screen and are dismissed, or answered by
 * the button that `press` named; input boxes are the real ones, remembered in `boxes`.
 */
export class UserInterface {
  readonly messages: ShownMessage[] = [];
  private readonly boxes: vscode.InputBox[] = [];
  private readonly window = vscode.window as unknown as Record<string, unknown>;
  private readonly originals = new Map<string, unknown>();
  private button: string | undefined;

  install(): void {
    const { createInputBox } = vscode.window;
    for (const severity of ['information', 'warning', 'error'] as const) {
      const name = `show${severity[0]?.toUpperCase()}${severity.slice(1)}Message`;
      this.replace(name, ((text, ...items) =>
        Promise.resolve(this.show(severity, text, items))) satisfies Show);
    }
    this.replace('createInputBox', () => {
      const box = createInputBox();
      this.boxes.push(box);
      box.onDidHide(() => this.boxes.splice(this.boxes.indexOf(box), 1));
      return box;
    });
  }

  restore(): void {
    for (const [name, original] of this.originals) this.window[name] = original;
    this.originals.clear();
  }

  /** From now on, presses this button of every message that has it, once. */
  press(button: string): void {
    this.button = button;
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
    return until(`an input box ${prompt}`, () =>
      this.boxes.find((box) => !box.busy && prompt.test(box.prompt ?? '')),
    );
  }

  get openBoxes(): number {
    return this.boxes.length;
  }

  private show(severity: ShownMessage['severity'], text: string, items: unknown[]): string | undefined {
    const buttons = items.filter((item): item is string => typeof item === 'string');
    this.messages.push({ severity, text, buttons });
    const pressed = buttons.find((button) => button === this.button);
    if (pressed !== undefined) this.button = undefined;
    return pressed;
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
