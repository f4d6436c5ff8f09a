import { oneLine } from './answers';

/** Words that say nothing of what is asked about. */
const LIGHT = new Set(
  (
    'the a an of is are was were be do does did for that to on at in with by please my me our us ' +
    'what which who where when how i you we can could would tell know remember give need'
  ).split(' '),
);

/**
 * The same question as others may put it, without knowing its language well: in keywords, in keywords turned
 * around, in a hurry, and as a request. None of them is the question itself.
 */
export function otherWordings(question: string): string[] {
  const plain = oneLine(question).replace(/[?.!:\s]+$/, '');
  if (plain === '') return [];
  const [first = '', ...rest] = plain.split(' ').filter((word) => !LIGHT.has(word.toLowerCase()));
  const hurried = withoutCapital(plain);
  const wordings = [
    `${[first, ...rest].join(' ')}?`,
    `${[...rest, first].join(' ')}?`,
    hurried,
    `Please tell me: ${hurried}?`,
  ];
  return [...new Set(wordings)].filter((wording) => wording !== question && /\p{L}|\p{N}/u.test(wording));
}

/** Only an ordinary word loses its capital, never a name. */
function withoutCapital(text: string): string {
  const [first = ''] = text.split(' ');
  return LIGHT.has(first.toLowerCase()) ? first.toLowerCase() + text.slice(first.length) : text;
}
