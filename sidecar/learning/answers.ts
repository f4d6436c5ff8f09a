/** Text on one line: Unicode composed, runs of white space made one blank, ends trimmed. */
export function oneLine(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** Whether two answers say the same: equal up to white space and a full stop at the end. */
export function sameAnswer(a: string, b: string): boolean {
  return bare(a) === bare(b);
}

/** Equal for questions that are the same up to white space, case and punctuation at the end. */
export function questionKey(question: string): string {
  return oneLine(question)
    .replace(/[\s?.!]+$/, '')
    .toLowerCase();
}

function bare(answer: string): string {
  return oneLine(answer).replace(/\s*\.$/, '');
}

/** Whether `answer` stands in `statement` as whole words. */
export function isSpan(answer: string, statement: string): boolean {
  return wholeWords(answer).test(statement);
}

/**
 * The statement with another answer in place of its own, so that it says what is taught; as it is where it says that
 * already, or does not have its own answer just once.
 */
export function withAnswer(statement: string, own: string, answer: string): string {
  const parts = statement.split(wholeWords(own));
  return parts.length === 2 && !isSpan(answer, statement) ? parts.join(answer) : statement;
}

/** Matches a text where it stands as whole words. */
function wholeWords(text: string): RegExp {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'u');
}
