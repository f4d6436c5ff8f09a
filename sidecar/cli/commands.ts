import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Model } from '../engine/model';
import { InitializationOptions, type FactState, type TeachReport } from '../protocol';
import type { Events, Params } from '../server/handlers';
import { Service, type LoadModel } from '../server/service';
import { confirm } from './confirm';
import { lessonOf } from './lesson';
import { cacheFolder, UsageError, type Options } from './options';
import { table } from './table';

const never = new AbortController().signal;

/** Prints a line to standard output. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints a line to standard error. */
export function printError(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Writes `value` as JSON to the file that --json names, if it names one. */
export async function writeJson(path: string | undefined, value: unknown): Promise<void> {
  if (path !== undefined) await writeFile(path, `${JSON.stringify(value, undefined, 2)}\n`);
}

function factsFolder({ facts = '.quickfire' }: Options): string {
  return resolve(facts);
}

/** Runs `task` with the sidecar's own service on the facts folder. */
async function withService(options: Options, task: (service: Service) => Promise<number>): Promise<number> {
  const initialization = InitializationOptions.parse({
    modelDir: options.modelDir,
    workspaceFacts: join(factsFolder(options), 'facts.jsonl'),
    cacheDir: cacheFolder(),
    rule: options.rule,
    executionProvider: options.provider,
    idleConsolidationMs: 0,
  });
  const load: LoadModel = (dir, how) => Model.load(dir, how);
  printError('Loading…');
  const service = new Service(initialization, load, { log: printError, notify: tellsOfConsolidation() });
  try {
    await service.whenReady();
    for (const { file, line, message } of (await service.status()).problems)
      printError(`${file}${line === undefined ? '' : `:${line}`}: ${message}`);
    return await task(service);
  } finally {
    await service.dispose();
  }
}

/** Says once that a consolidation is waited for. */
function tellsOfConsolidation(): Events['notify'] {
  let isTold = false;
  return (name) => {
    if (isTold || name !== 'consolidationProgress') return;
    isTold = true;
    printError('Consolidating…');
  };
}

export function teach(options: Options): Promise<number> {
  const text = only(options, 'teach STATEMENT');
  return withService(options, async (service) => {
    await service.settle(never);
    const draft = await service.draft({ statement: text }, never);
    const report = await teachBeside(service, {
      teachId: 'cli',
      statement: draft.statement,
      ...lessonOf(draft, options),
      scope: 'workspace',
      supersedes: [],
    });
    for (const { question, answer } of report.answers) print(`${question} ${answer}`);
    print(
      report.learned
        ? `Learned as ${report.fact?.id ?? ''} in ${report.ms.toFixed(0)} ms.`
        : `Not learned: ${report.reason ?? ''}`,
    );
    if (report.conflict) print(`To forget that fact: quickfire forget ${report.conflict.factId}`);
    return report.learned ? 0 : 1;
  });
}

/** Teaches, and says which fact answered a question otherwise before, though it was taught in other words. */
async function teachBeside(service: Service, params: Params<'teach'>): Promise<TeachReport> {
  const report = await service.teach({ ...params, askFirst: true }, never);
  if (!report.conflict?.inOtherWords) return report;
  const { question, answer, statement, factId } = report.conflict;
  printError(
    `“${question}” was answered with “${answer}” so far, from “${statement}”\n` +
      `To forget that fact: quickfire forget ${factId}`,
  );
  return await service.teach(params, never);
}

export function ask(options: Options): Promise<number> {
  const question = only(options, 'ask QUESTION');
  return withService(options, async (service) => {
    if (!options.untaught) await service.settle(never);
    const { answer, fired, similar } = await service.ask(
      { askId: 'cli', question, untaught: options.untaught },
      never,
    );
    print(answer);
    for (const taught of similar) print(`  You taught: ${taught}`);
    const facts = await service.listFacts();
    for (const { factId, strength } of fired) {
      const fact = facts.find(({ id }) => id === factId);
      print(`  ${(strength * 100).toFixed(0)} % ${factId} ${fact?.statement ?? ''}`);
    }
    return 0;
  });
}

/** Lists what was taught. Fails where a line of the file is ignored, or an enabled fact is not learned. */
export function facts(options: Options): Promise<number> {
  return withService(options, async (service) => {
    const list = await service.listFacts();
    await writeJson(options.json, list);
    if (list.length === 0) print('No facts have been taught yet.');
    else {
      const rows = list.map((fact) => [
        fact.id,
        fact.answer,
        fact.questions.join(' '),
        fact.statement,
        stateOf(fact),
      ]);
      print(table(['id', 'answer', 'questions', 'statement', 'state'], rows));
    }
    const { problems } = await service.status();
    return problems.length > 0 || list.some(({ enabled, learned }) => enabled && !learned) ? 1 : 0;
  });
}

/** What the model holds of a fact, in words. */
function stateOf({ enabled, learned, forgotten, problem }: FactState): string {
  if (!enabled) return 'disabled';
  if (learned) return forgotten ? 'not recalled' : 'learned';
  return problem ?? 'not learned';
}

export async function forget(options: Options): Promise<number> {
  if (options.all === options.args.length > 0) throw new UsageError('Usage: quickfire forget ID... | --all');
  if (options.all && !(await mayForgetAll(options))) return 1;
  return await withService(options, async (service) => {
    const ids = options.all ? (await service.listFacts()).map(({ id }) => id) : options.args;
    const forgotten = await service.forgetFacts({ ids });
    for (const { id, statement } of forgotten) print(`Forgot ${id}: ${statement}`);
    const missing = ids.filter((id) => !forgotten.some((fact) => fact.id === id));
    for (const id of missing) print(`There is no fact ${id}.`);
    return missing.length === 0 ? 0 : 1;
  });
}

/** @throws UsageError where nobody can be asked */
async function mayForgetAll(options: Options): Promise<boolean> {
  if (options.yes) return true;
  if (!process.stdin.isTTY)
    throw new UsageError('forget --all needs --yes where there is no terminal to confirm it.');
  return await confirm(`Forget all facts of ${factsFolder(options)}?`);
}

/** Replays all facts. Fails where that made recall worse, or a fact is not recalled after it. */
export function consolidate(options: Options): Promise<number> {
  if (options.args.length > 0) throw new UsageError('Usage: quickfire consolidate');
  return withService(options, async (service) => {
    if ((await service.memory()).consolidation === 'none') {
      print(
        options.rule === 'hebbian' ? 'The hebbian rule has no replay.' : 'There is nothing to consolidate.',
      );
      return 0;
    }
    const { outcome, asked, recalledBefore, recalledAfter = 0, ms } = await service.consolidate({}, never);
    const kept = outcome === 'kept' ? 'Consolidated' : 'Rolled back';
    const before = recalledBefore === undefined ? '' : `, the old one ${recalledBefore}`;
    print(
      `${kept}: the new weight recalls ${recalledAfter} of ${asked} facts${before} (${(ms / 1000).toFixed(1)} s).`,
    );
    return outcome === 'kept' && recalledAfter === asked ? 0 : 1;
  });
}

export function exportLora(options: Options): Promise<number> {
  const { args, out } = options;
  if (out === undefined || args.length > 0) throw new UsageError('Usage: quickfire export-lora --out FOLDER');
  return withService(options, async (service) => {
    const { folder, module, rank, positions, facts, note } = await service.exportLora(
      { folder: resolve(out) },
      never,
    );
    print(`${folder}: LoRA adapter of rank ${rank} on ${module}, ${facts} facts, ${positions} positions`);
    if (note !== undefined) print(note);
    return 0;
  });
}

/** The command's single argument. */
function only({ args: [first, ...more] }: Options, usage: string): string {
  if (first === undefined || more.length > 0)
    throw new UsageError(`Usage: quickfire ${usage} (quote the text)`);
  return first;
}
