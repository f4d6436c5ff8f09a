import * as z from 'zod';
import { Fact, type FactFileProblem, type Scope } from '../protocol';
import { freeId } from './id';

/** A line that git marks an unresolved conflict with. */
const CONFLICT = /^([<|=>])\1{6}(?!\1)/;

/** One line of a facts file: as it stands, and the fact in it if it is one. */
export interface FactLine {
  readonly text: string;
  readonly fact?: Fact;
  /** The id of a fact of an earlier line that this one, which is ignored, says again. */
  readonly again?: string;
  /** The id that stands in a line, where a line above has it for another fact. */
  readonly copied?: string;
}

/**
 * Reads a facts file. Lines that are no facts are kept as they are and reported; every line gets the
 * scope of its file. Of lines that have the same id but say different things each is a fact of its own, whichever of
 * them was copied: those after the first get the ids that new facts would have.
 * @param file named in the problems
 */
export function parseLines(
  content: string,
  file: string,
  scope: Scope,
): { lines: FactLine[]; problems: FactFileProblem[] } {
  const texts = content.split('\n');
  if (texts.at(-1) === '') texts.pop();
  const problems: FactFileProblem[] = [];
  const seen = new Map<string, { line: number; fact: Fact }>();
  const ancestors = ancestorsIn(texts);
  const lines = texts.map((text, index): FactLine => {
    if (text.trim() === '' || ancestors.has(index)) return { text };
    const parsed = parseFact(text);
    const report = (message: string): FactLine => {
      problems.push({ file, line: index + 1, message });
      return { text };
    };
    if ('message' in parsed) return report(parsed.message);
    const written = { ...parsed.fact, scope };
    const others = seen.has(written.id) ? [...seen.values()].map(({ fact }) => fact) : [];
    const id = others.length > 0 ? freeId(written, others) : written.id;
    const first = seen.get(id);
    if (first) return { ...report(`Duplicate of the fact on line ${first.line}.`), again: id };
    const fact = { ...written, id };
    seen.set(id, { line: index + 1, fact });
    return { text, fact, ...(id !== written.id && { copied: written.id }) };
  });
  return { lines, problems };
}

/** The lines in which conflicts have what both their sides have changed (merge.conflictStyle diff3). */
function ancestorsIn(texts: readonly string[]): Set<number> {
  const ancestors = new Set<number>();
  let isOpen = false;
  let from: number | undefined;
  texts.forEach((text, index) => {
    const [mark] = CONFLICT.exec(text) ?? [];
    if (mark?.startsWith('=') && from !== undefined) {
      for (let n = from; n < index; n++) ancestors.add(n);
    }
    if (mark === undefined) return;
    from = mark.startsWith('|') && isOpen ? index + 1 : undefined;
    isOpen = mark.startsWith('<') || (isOpen && !mark.startsWith('>'));
  });
  return ancestors;
}

function parseFact(text: string): { fact: Fact } | { message: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return {
      message: CONFLICT.test(text) ? 'Unresolved merge conflict.' : 'Not valid JSON.',
    };
  }
  const parsed = Fact.safeParse(json);
  if (parsed.success) return { fact: parsed.data };
  return { message: `Not a fact: ${z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' ')}.` };
}

/**
 * The lines with `facts` in place of the facts they had: a line whose fact is unchanged, and any line
 * that is no fact, stays as it is, byte for byte; a changed fact keeps fields that we do not know; a
 * new one goes before the first greater id, or to the end while a conflict is unresolved, whichever side of which
 * may be dropped. With a fact go the lines that have it again, or it would come back. What is written ends as the first
 * line does.
 */
export function replaceFacts(lines: readonly FactLine[], facts: readonly Fact[]): FactLine[] {
  const ids = new Set(facts.map(({ id }) => id));
  const wanted = new Map(facts.map((fact) => [fact.id, fact]));
  const end = lines[0]?.text.endsWith('\r') ? '\r' : '';
  const result = lines.flatMap((line): FactLine[] => {
    if (line.again !== undefined && !ids.has(line.again)) return [];
    if (!line.fact) return [line];
    const fact = wanted.get(line.fact.id);
    if (!fact) return [];
    wanted.delete(fact.id);
    // Alone it would be taken for the fact that it was copied from.
    const isAlone = line.copied !== undefined && !ids.has(line.copied);
    return [isSame(fact, line.fact) && !isAlone ? line : lineOf(fact, end, line.text)];
  });
  const isMerging = lines.some(({ text }) => CONFLICT.test(text));
  for (const fact of [...wanted.values()].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const at = result.findIndex((line) => line.fact !== undefined && line.fact.id > fact.id);
    result.splice(at < 0 || isMerging ? result.length : at, 0, lineOf(fact, end));
  }
  return result;
}

/** A file's text from its lines. */
export function joinLines(lines: readonly FactLine[]): string {
  return lines.map(({ text }) => `${text}\n`).join('');
}

function lineOf(fact: Fact, end: string, before = '{}'): FactLine {
  const kept = z.record(z.string(), z.unknown()).parse(JSON.parse(before));
  if (!fact.source) delete kept.source;
  return { text: JSON.stringify({ ...kept, ...fact }) + end, fact };
}

function isSame(a: Fact, b: Fact): boolean {
  return JSON.stringify(Fact.parse(a)) === JSON.stringify(Fact.parse(b));
}
