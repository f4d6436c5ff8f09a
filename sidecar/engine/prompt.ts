import type { Prompt } from './types';

/**
 * Fills the model's prompt format. Each part is put on one line, since a line break ends it. A part that
 * looks like a placeholder stays as it is.
 */
export function renderPrompt(format: string, { system, user }: Prompt): string {
  const parts: Record<string, string> = { '{system}': oneLine(system), '{user}': oneLine(user) };
  return format.replace(/\{(?:system|user)\}/g, (placeholder) => parts[placeholder] ?? placeholder);
}

/** The text that the model must produce after the prompt for `answer`. */
export function renderAnswer(answer: string, stop: string): string {
  return ` ${oneLine(answer)}${stop}`;
}

function oneLine(text: string): string {
  return text.trim().replace(/\s*[\r\n]+\s*/g, ' ');
}
