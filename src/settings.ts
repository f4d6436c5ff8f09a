import * as vscode from 'vscode';
import * as z from 'zod';
import { UserError, type Action } from './errors';
import { SETTINGS_SECTION, Settings } from './ids';

type Setting = (typeof Settings)[keyof typeof Settings];

/**
 * The value of a setting, which may stand in settings.json with any.
 * @throws UserError that names the setting where it cannot have that value
 */
export function settingOf<T>(name: Setting, schema: z.ZodType<T>): T {
  const value: unknown = vscode.workspace.getConfiguration(SETTINGS_SECTION).get(name);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problem = z.prettifyError(parsed.error).replace(/^\W+/, '');
  throw new UserError(
    `The setting ${SETTINGS_SECTION}.${name} has an invalid value, ${JSON.stringify(value)}. ${problem}.`,
    [openSetting(name)],
  );
}

/** The model's folder as the settings name it; empty where they name none. */
export function modelSetting(): string {
  return settingOf(Settings.model, z.string().nullish())?.trim() ?? '';
}

/** A button that shows a setting. */
export function openSetting(name: Setting): Action {
  const setting = `${SETTINGS_SECTION}.${name}`;
  return {
    title: 'Open Settings',
    run: () => vscode.commands.executeCommand('workbench.action.openSettings', setting),
  };
}
