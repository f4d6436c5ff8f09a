import type { Tokenizer } from './tokenizer';
import type { Prompt } from './types';

/**
 * Fills the model's prompt format. Each part is put on one line, since a line break ends it. A part that
 * looks like a placeholder stays as it is.
 */
export function renderPrompt(format: string, prompt: Prompt): string {
  return sections(format, prompt)
    .map(({ text }) => text)
    .join('');
}

/** The text that the model must produce after the prompt for `answer`. */
export function renderAnswer(answer: string, stop: string): string {
  return ` ${oneLine(answer)}${stop}`;
}

/** The tokens of the prompt. What a user wrote is text, also where it has a word of the format, "system:" say. */
export function encodePrompt(tokenizer: Tokenizer, format: string, prompt: Prompt): number[] {
  const parts = sections(format, prompt);
  if (!parts.some(({ isText, text }) => isText && tokenizer.hasMarkup(text)))
    return tokenizer.encode(renderPrompt(format, prompt));
  return parts.flatMap(({ isText, text }) => (isText ? tokenizer.encodeText(text) : tokenizer.encode(text)));
}

/** The tokens of the answer after the prompt, its end included. */
export function encodeAnswer(tokenizer: Tokenizer, answer: string, stop: string): number[] {
  return tokenizer.encodeText(renderAnswer(answer, stop));
}

/** The format's own words and, each with the blank before it, the texts that are put between them. */
function sections(format: string, { system, user }: Prompt): { isText: boolean; text: string }[] {
  return format.split(/( ?\{(?:system|user)\})/).map((part, n) => {
    const isText = n % 2 === 1;
    if (!isText) return { isText, text: part };
    const text = oneLine(part.endsWith('{system}') ? system : user);
    return { isText, text: part.startsWith(' ') ? ` ${text}` : text };
  });
}

function oneLine(text: string): string {
  return text.trim().replace(/\s*[\r\n]+\s*/g, ' ');
}
