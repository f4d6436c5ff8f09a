import * as z from 'zod';
import { Fact, type FactFileProblem, type Scope } from '../protocol';
import { factId } from './id';

/** A line that git marks an unresolved conflict with. */
const CONFLICT = /^(?:<{7}|\|{7}|={7}|>{7})/;

/** One line of a facts file: as it stands, and the fact in it if it is one. */
export interface FactLine {
  readonly text: string;
  readonly fact?: Fact;
  /** The id of a fact of an earlier line that this one, which is ignored, says again. */
  readonly again?: string;
}

/**
 * Reads a facts file. Lines that are no facts are kept as they are and reported; every line gets the
 * scope of its file.
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
  let isAncestor = false;
  const lines = texts.map((text, index): FactLine => {
    if (text.trim() === '') return { text };
    if (CONFLICT.test(text)) isAncestor = text.startsWith('|');
    // What both sides of a conflict have changed (merge.conflictStyle diff3).
    else if (isAncestor) return { text };
    const parsed = parseFact(text);
    const report = (message: string): FactLine => {
      problems.push({ file, line: index + 1, message });
      return { text };
    };
    if ('message' in parsed) return report(parsed.message);
    const fact = { ...parsed.fact, scope };
    const { id } = fact;
    const first = seen.get(id);
    if (!first) {
      seen.set(id, { line: index + 1, fact });
      return { text, fact };
    }
    if (factId(fact) === factId(first.fact))
      return { ...report(`The fact of line ${first.line} again.`), again: id };
    return report(
      `Another fact than that of line ${first.line}, with its id. Give this one another id; any will do.`,
    );
  });
  return { lines, problems };
}

function parseFact(text: string): { fact: Fact } | { message: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return {
      message: CONFLICT.test(text) ? 'An unresolved merge conflict.' : 'Not valid JSON.',
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
 * may be dropped. With a fact go the lines that have it again, or it would come back.
 */
export function replaceFacts(lines: readonly FactLine[], facts: readonly Fact[]): FactLine[] {
  const ids = new Set(facts.map(({ id }) => id));
  const wanted = new Map(facts.map((fact) => [fact.id, fact]));
  const result = lines.flatMap((line): FactLine[] => {
    if (line.again !== undefined && !ids.has(line.again)) return [];
    if (!line.fact) return [line];
    const fact = wanted.get(line.fact.id);
    if (!fact) return [];
    wanted.delete(fact.id);
    return [isSame(fact, line.fact) ? line : lineOf(fact, line.text)];
  });
  const isMerging = lines.some(({ text }) => CONFLICT.test(text));
  for (const fact of [...wanted.values()].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const at = result.findIndex((line) => line.fact !== undefined && line.fact.id > fact.id);
    result.splice(at < 0 || isMerging ? result.length : at, 0, lineOf(fact));
  }
  return result;
}

/** A file's text from its lines. */
export function joinLines(lines: readonly FactLine[]): string {
  return lines.map(({ text }) => `${text}\n`).join('');
}

function lineOf(fact: Fact, before = '{}'): FactLine {
  const kept = z.record(z.string(), z.unknown()).parse(JSON.parse(before));
  if (!fact.source) delete kept.source;
  return { text: JSON.stringify({ ...kept, ...fact }), fact };
}

function isSame(a: Fact, b: Fact): boolean {
  return JSON.stringify(Fact.parse(a)) === JSON.stringify(Fact.parse(b));
}
