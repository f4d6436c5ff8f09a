import * as vscode from 'vscode';
import { OpenQf2Fact, readSourceConfig, type Qf2Facts } from '../../sidecar/convert/sourceConfig';

/**
 * Asks for what the configuration of a Hugging Face directory leaves open about its QF2 layer; asks nothing where
 * it is complete.
 * @throws ModelError where the model cannot be converted, or the user does not know either; CancellationError on Escape.
 */
export async function askQf2Facts(source: string): Promise<Qf2Facts> {
  let given: Qf2Facts = {};
  for (;;) {
    try {
      await readSourceConfig(source, given);
      return given;
    } catch (error) {
      if (!(error instanceof OpenQf2Fact)) throw error;
      const number = await askNumber(error);
      if (number === undefined) throw error;
      given = { ...given, [error.missing]: number };
    }
  }
}

async function askNumber({ missing, layers }: OpenQf2Fact): Promise<number | undefined> {
  const last = layers - 1;
  const isLayer = missing === 'layer';
  const text = await vscode.window.showInputBox({
    title: isLayer ? 'QF2 Layer' : 'QF2 Beta',
    prompt: isLayer
      ? `config.json does not specify the QF2 layer. Which layer (0 to ${last}) was trained with QFt? Leave empty if none was.`
      : 'config.json does not specify beta, the steepness of the QF2 layer. Which value was used in training?',
    value: isLayer ? '' : '10',
    ignoreFocusOut: true,
    validateInput: (value) => {
      if (value.trim() === '') return undefined;
      const number = Number(value);
      if (isLayer)
        return Number.isInteger(number) && number >= 0 && number <= last
          ? undefined
          : `Enter a whole number from 0 to ${last}.`;
      return number > 0 && Number.isFinite(number) ? undefined : 'Enter a number greater than 0.';
    },
  });
  if (text === undefined) throw new vscode.CancellationError();
  return text.trim() === '' ? undefined : Number(text);
}
