import { messageOf } from '../engine/errors';
import { freeId } from '../facts/id';
import { oneLine } from '../learning/answers';
import { cleanStatement } from '../learning/draft/clean';
import { contradiction, type Contradiction } from '../learning/contradiction';
import { contradicted, type Taught, type Teacher } from '../learning/teach';
import type { Fact, TeachReport } from '../protocol';
import { RequestError } from './errors';
import type { Events, Params } from './handlers';
import type { Knowledge } from './knowledge';

/** What a teaching needs. */
export interface Teaching {
  teacher: Teacher;
  knowledge: Knowledge;
  events: Events;
}

/** Teaches a fact, and puts it into its file when it was learned; the facts that it supersedes are switched off. */
export async function teach(
  params: Params<'teach'>,
  { teacher, knowledge, events }: Teaching,
  signal: AbortSignal,
): Promise<TeachReport> {
  signal.throwIfAborted();
  const { teachId, scope, replaces, supersedes, askFirst } = params;
  const start = performance.now();
  knowledge.catalog.storeOf(scope);
  const fact = newFact(params, knowledge.catalog.facts);
  const before = knowledge.catalog.facts.find(({ id }) => id === fact.id);
  const removed = replaces === undefined ? [] : [knowledge.find(replaces).id];
  const insteadOf = [...removed, ...supersedes.map((id) => knowledge.find(id).id)];
  const tried = await teacher.teach(fact, {
    insteadOf,
    others: knowledge.enabled,
    askFirst,
    signal,
    onProgress: (phase, done, total) => events.notify('teachProgress', { teachId, phase, done, total }),
  });
  const learned = { ...fact, emphasis: tried.fact?.emphasis };
  const conflict = tried.learned ? await keep(learned, removed, supersedes, knowledge) : undefined;
  const taught = conflict ? contradicted(conflict) : tried;
  return {
    ...reportOf(taught, knowledge),
    ...(taught.learned && { fact: knowledge.stateOf(learned), before }),
    ms: performance.now() - start,
  };
}

/**
 * Writes a learned fact to its file, and switches off those that it supersedes; if that fails, unlearns it. The files
 * may have changed while it was taught: what is gone from them stays gone.
 * @returns what contradicts it by now, so that it was unlearned
 */
async function keep(
  fact: Fact,
  removed: readonly string[],
  supersedes: readonly string[],
  knowledge: Knowledge,
): Promise<Contradiction | undefined> {
  try {
    await knowledge.catalog.reload();
    const others = knowledge.enabled.filter(({ id }) => ![...removed, ...supersedes].includes(id));
    const conflict = contradiction(fact, others);
    if (conflict) {
      await knowledge.sync();
      return conflict;
    }
    const superseded = knowledge.catalog.facts.filter(({ id }) => supersedes.includes(id));
    const disabled = superseded.map((old) => ({ ...old, enabled: false }));
    await knowledge.change(removed, [fact, ...disabled]);
    return undefined;
  } catch (error) {
    await knowledge.sync();
    throw new RequestError(`The fact could not be saved, so it was not learned: ${messageOf(error)}`);
  }
}

/** The fact that a request to teach describes: its texts cleaned, its id from what it says. */
function newFact(
  { statement, questions, answer, source, scope }: Params<'teach'>,
  others: readonly Fact[],
): Fact {
  const content = {
    statement: cleanStatement(statement),
    questions: [...new Set(questions.map(oneLine).filter((question) => question !== ''))],
    answer: oneLine(answer),
    scope,
  };
  const taughtAt = new Date().toISOString();
  return { id: freeId(content, others), ...content, ...(source && { source }), enabled: true, taughtAt };
}

/** How a teaching ended, but for the fact as stored and the time it took. */
function reportOf(taught: Taught, knowledge: Knowledge): Omit<TeachReport, 'fact' | 'ms'> {
  const { learned, answers, reason, conflict } = taught;
  return {
    learned,
    answers,
    ...(reason !== undefined && { reason }),
    ...(conflict && { conflict: conflictOf(conflict, knowledge) }),
  };
}

function conflictOf(
  { question, fact, inOtherWords = false }: Contradiction,
  knowledge: Knowledge,
): TeachReport['conflict'] {
  const { id: factId, statement, answer, scope } = knowledge.find(fact.id);
  return { factId, question, statement, answer, scope, inOtherWords };
}
