import * as vscode from 'vscode';

/** A button of a step. */
export interface Tool {
  /** How it looks now; undefined while there is nothing to press. */
  button(): vscode.QuickInputButton | undefined;
  /** @param typed what stands in the box @returns what is to stand there; undefined for the same */
  press(typed: string): string | undefined;
}

/** One text step of an input flow. */
export interface TextStep {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
  readonly prompt: string;
  readonly placeholder: string;
  readonly value: string;
  /**
   * Resolves to the value to offer; until then the box is busy. An empty one leaves `value`; one that fails ends the
   * step with its error, unless something was typed already.
   */
  readonly pending?: Promise<string>;
  /** Buttons beside Back. */
  readonly tools: readonly Tool[];
  /** Settles when there may be others to show. */
  readonly newTools?: Promise<unknown>;
  /** @returns what is wrong, or undefined */
  validate(value: string): string | undefined;
}

/** How a step ended. */
export interface StepResult {
  readonly kind: 'next' | 'back';
  readonly value: string;
}

/** Shows one text step. Rejects with CancellationError when the user leaves by Escape. */
export function askText(step: TextStep): Promise<StepResult> {
  const box = vscode.window.createInputBox();
  let tools = new Map<vscode.QuickInputButton, Tool>();
  const showButtons = (): void => {
    tools = new Map(
      step.tools.flatMap((tool) => {
        const look = tool.button();
        return look ? [[look, tool] as const] : [];
      }),
    );
    box.buttons = [...(step.step > 1 ? [vscode.QuickInputButtons.Back] : []), ...tools.keys()];
  };
  Object.assign(box, {
    title: step.title,
    step: step.step,
    totalSteps: step.totalSteps,
    prompt: step.prompt,
    placeholder: step.placeholder,
    value: step.value,
    ignoreFocusOut: true,
  });
  showButtons();
  let open = true;
  return new Promise<StepResult>((resolve, reject) => {
    if (step.pending) {
      box.busy = true;
      const isUntouched = (): boolean => open && box.value === step.value;
      step.pending
        .then(
          (value) => {
            if (isUntouched() && value !== '') box.value = value;
          },
          (error: unknown) => {
            if (isUntouched()) reject(error instanceof Error ? error : new Error(String(error)));
          },
        )
        .finally(() => {
          if (open) box.busy = false;
        });
    }
    void step.newTools?.finally(() => {
      if (open) showButtons();
    });
    box.onDidChangeValue(() => (box.validationMessage = undefined));
    box.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) {
        resolve({ kind: 'back', value: box.value });
        return;
      }
      box.value = tools.get(button)?.press(box.value) ?? box.value;
      showButtons();
    });
    box.onDidAccept(() => {
      if (box.busy && box.value === '') return;
      box.validationMessage = step.validate(box.value);
      if (box.validationMessage === undefined) resolve({ kind: 'next', value: box.value });
    });
    box.onDidHide(() => reject(new vscode.CancellationError()));
    box.show();
  }).finally(() => {
    open = false;
    box.dispose();
  });
}
