import { basename } from 'node:path';
import type { TeachableModel } from '../learning/teachableModel';
import type { FactFileProblem, FactState, Status } from '../protocol';

/** What the status is made of. */
export interface Condition {
  modelDir: string;
  /** What computes the model; undefined until it is loaded. */
  model: Pick<TeachableModel, 'executionProvider' | 'providerProblems'> | undefined;
  /** Whether the model is loaded and its facts are re-learned. */
  started: boolean;
  /** Why it will not start. */
  failure: string | undefined;
  facts: readonly FactState[];
  problems: FactFileProblem[];
}

/** The sidecar's status in the words of the protocol. */
export function statusOf({ modelDir, model, started, failure, facts, problems }: Condition): Status {
  const unlearned = facts.filter(({ problem }) => problem !== undefined).length;
  const forgotten = facts.filter((fact) => fact.forgotten).length;
  const lines = problems.filter(({ line }) => line !== undefined).length;
  const warnings = [
    ...(lines < problems.length ? ['A facts file cannot be read.'] : []),
    ...(lines > 0
      ? [`${count(lines, 'line')} in the facts files ${lines === 1 ? 'is' : 'are'} ignored.`]
      : []),
    ...(unlearned > 0 ? [`${count(unlearned, 'fact')} could not be learned.`] : []),
    ...(forgotten > 0
      ? [`${count(forgotten, 'fact')} ${forgotten === 1 ? 'was' : 'were'} not recalled when last checked.`]
      : []),
  ];
  const message = failure ?? (warnings.length > 0 ? warnings.join(' ') : undefined);
  return {
    health: healthOf(started, failure, warnings),
    ...(message !== undefined && { message }),
    model: basename(modelDir),
    facts: facts.length,
    learned: facts.filter(({ learned }) => learned).length,
    disabled: facts.filter(({ enabled }) => !enabled).length,
    executionProvider: model?.executionProvider ?? '',
    providerProblems: [...(model?.providerProblems ?? [])],
    problems,
  };
}

function healthOf(
  started: boolean,
  failure: string | undefined,
  warnings: readonly string[],
): Status['health'] {
  if (failure !== undefined) return 'error';
  if (!started) return 'starting';
  return warnings.length > 0 ? 'warning' : 'ok';
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
