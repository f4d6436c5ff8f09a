import { progress } from '../progress';
import { quantile } from '../statistics';
import type { EngineOptions, Run } from './engine';
import type { SpeedOptions } from './options';
import { RemoteEngine } from './remote';
import type { Resident } from './residentMemory';

/** A model that is measured, in one engine. */
export interface Contender {
  readonly engine: EngineOptions['engine'];
  /** Folder of a converted model, or a GGUF file. */
  readonly model: string;
  /** Bytes that are read to decode a token after so many others. */
  readonly bytes: (context: number) => Promise<number>;
}

/** How fast one engine was at one number of threads. Speeds are medians, in tokens a second. */
export interface Measured {
  readonly engine: EngineOptions['engine'];
  readonly threads: number;
  readonly residentMb: number;
  readonly mostResidentMb: number;
  readonly speeds: readonly Speed[];
}

export interface Speed {
  readonly context: number;
  readonly prefill: number;
  readonly bestPrefill: number;
  readonly decode: number;
  readonly bestDecode: number;
  /** Bytes a second that decoding reads, as the median has it. */
  readonly decodeBytes: number;
}

type Options = Pick<SpeedOptions, 'threads' | 'contexts' | 'decoded' | 'repeats' | 'llama' | 'provider'>;

/**
 * Measures contenders in turn, each in a process of its own, so that whatever else the machine does meets them
 * alike.
 */
export async function compare(contenders: readonly Contender[], options: Options): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const threads of options.threads) measured.push(...(await compareAt(threads, contenders, options)));
  return measured;
}

async function compareAt(
  threads: number,
  contenders: readonly Contender[],
  { contexts, decoded, repeats, llama, provider }: Options,
): Promise<Measured[]> {
  const context = Math.max(...contexts) + decoded + 1;
  const entries: { contender: Contender; remote: RemoteEngine; runs: Map<number, Run[]> }[] = [];
  try {
    for (const contender of contenders) {
      const { engine, model } = contender;
      const remote = await RemoteEngine.start({
        engine,
        model,
        threads,
        provider,
        context,
        llamaFolder: llama,
      });
      entries.push({ contender, remote, runs: new Map() });
    }
    for (const size of contexts) {
      for (let n = 0; n <= repeats; n++) {
        for (const { remote, runs } of n % 2 === 0 ? entries : entries.toReversed()) {
          const run = await remote.run(size, decoded);
          // The first run finds memory that is not laid out yet.
          if (n > 0) runs.set(size, [...(runs.get(size) ?? []), run]);
        }
      }
      progress(`${contenders.map(({ engine }) => engine).join(', ')}: ${threads} threads, context ${size}`);
    }
    return await Promise.all(
      entries.map(async ({ contender, remote, runs }) => {
        const resident = await remote.resident();
        return await summary(contender, threads, resident, runs, decoded);
      }),
    );
  } finally {
    await Promise.all(entries.map(({ remote }) => remote.stop()));
  }
}

async function summary(
  { engine, bytes }: Contender,
  threads: number,
  resident: Resident,
  runs: ReadonlyMap<number, readonly Run[]>,
  decoded: number,
): Promise<Measured> {
  const speeds = await Promise.all(
    [...runs].map(async ([context, all]): Promise<Speed> => {
      const prefill = all.map(({ prefillSeconds }) => context / prefillSeconds);
      const decode = all.map(({ decodeSeconds }) => decoded / decodeSeconds);
      return {
        context,
        prefill: quantile(prefill, 0.5),
        bestPrefill: Math.max(...prefill),
        decode: quantile(decode, 0.5),
        bestDecode: Math.max(...decode),
        decodeBytes: quantile(decode, 0.5) * (await bytes(context)),
      };
    }),
  );
  return { engine, threads, residentMb: resident.bytes / 1e6, mostResidentMb: resident.most / 1e6, speeds };
}
