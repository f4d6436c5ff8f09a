import { oneLine } from './answers';

/** Words that say nothing of what is asked about; "when" and "where" do, of facts that differ in nothing else. */
const LIGHT = new Set(
  (
    'the a an of is are was were be do does did for that to on at in with by please my me our us ' +
    'what which i you we can could would tell know remember give need'
  ).split(' '),
);

/**
 * The same question as others may put it, made without knowing its language well: its keywords, and these with the
 * first one last. None of them is the question itself.
 */
export function otherWordings(question: string): string[] {
  const words = oneLine(question)
    .replace(/[?.!:\s]+$/, '')
    .split(' ');
  const [first, ...rest] = words.filter((word) => !LIGHT.has(word.toLowerCase()));
  if (!first) return [];
  const wordings = [
    [first, ...rest],
    [...rest, first],
  ].map((keywords) => `${keywords.join(' ')}?`);
  return [...new Set(wordings)].filter((wording) => wording !== question);
}
