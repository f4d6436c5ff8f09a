import nlp from 'compromise/two';
import type { Token } from './tokens';
import { isDistinct } from './values';

/** What stands for code, quotations and identifiers, so that the tagger takes them for names. */
const NAME = 'Zorb';

/** Notes what the words of a sentence are there, as far as the draft asks, by a tagger that knows plain English. */
export function tagWords(list: readonly Token[]): Token[] {
  const starts = new Map<number, number>();
  let text = '';
  list.forEach((token, n) => {
    if (token.kind === 'aside') return;
    if (token.kind !== 'mark' && text !== '') text += ' ';
    starts.set(text.length, n);
    text += token.kind !== 'mark' && isDistinct(token) ? NAME : token.text;
  });
  const forms = new Map<number, Token['form']>();
  for (const { terms } of nlp(text).json({ offset: true, terms: { offset: true } }) as Sentence[])
    for (const { tags, offset } of terms) {
      const at = starts.get(offset.start);
      const form = formOf(tags);
      if (at !== undefined && form !== undefined) forms.set(at, form);
    }
  return list.map((token, n) => {
    const form = token.kind === 'word' ? forms.get(n) : undefined;
    return form === undefined ? token : { ...token, form };
  });
}

interface Sentence {
  terms: { tags: string[]; offset: { start: number } }[];
}

function formOf(tags: readonly string[]): Token['form'] {
  if (tags.includes('Adjective')) return 'adjective';
  if (tags.includes('Adverb')) return 'adverb';
  if (!tags.includes('Verb')) return undefined;
  if (tags.includes('Gerund')) return 'gerund';
  if (tags.includes('PastTense') || tags.includes('Participle')) return 'past';
  if (tags.includes('Infinitive')) return 'base';
  return tags.includes('PresentTense') ? 'third' : undefined;
}
