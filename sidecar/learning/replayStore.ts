import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../atomicWrite';
import { controlEngrams } from './consolidate';
import { readDerived } from './derivedFile';
import type { Learner } from './learner';
import { decodeReplay, encodeReplay } from './replayFile';

/**
 * The last replay of a learner on disk, so that it need not be done again at the next start; and the last memory that
 * a replay was in vain for, so that it is not tried again then. Derived data: a file that is missing, damaged or of
 * other facts only means that a consolidation is due.
 */
export class ReplayStore {
  private readonly path: string;
  private readonly inVain: string;

  /**
   * @param folder where the file is; @param owner the facts files: what tells learners apart that share the folder
   * @param log told when the file cannot be written
   */
  constructor(
    private readonly folder: string,
    owner: readonly unknown[],
    private readonly log: (message: string) => void,
  ) {
    const name = createHash('sha256').update(JSON.stringify(owner)).digest('hex').slice(0, 16);
    this.path = join(folder, `${name}.replay`);
    this.inVain = join(folder, `${name}.in-vain`);
  }

  /** Keeps what a learner's last replay wrote. */
  async save(learner: Learner): Promise<void> {
    const { replay } = learner.consolidation;
    if (!replay) return;
    const forgotten = replay.facts.flatMap(([id]) => (learner.isForgotten(id) ? [id] : []));
    await this.write(this.path, encodeReplay({ ...replay, forgotten }));
  }

  /** Keeps that a replay made a learner's memory no better, and what that does not recall. */
  async saveInVain(learner: Learner): Promise<void> {
    const forgotten = learner.facts.flatMap(({ id }) => (learner.isForgotten(id) ? [id] : []));
    await this.write(this.inVain, [learner.memory.version, ...forgotten].join('\n'));
  }

  /** Whether a replay is known to make a learner's memory no better; it is told what that recalls, then. */
  async isInVain(learner: Learner): Promise<boolean> {
    const [version, ...forgotten] = (await readDerived(this.inVain))?.toString().split('\n') ?? [];
    if (version !== learner.memory.version) return false;
    learner.note(new Map(learner.facts.map(({ id }) => [id, !forgotten.includes(id)])));
    return true;
  }

  /** Gives a learner, none of whose facts are settled, the replay that was kept, if it holds all of its facts. */
  async restore(learner: Learner): Promise<void> {
    const { unsettled, engrams } = learner.consolidation;
    if (unsettled < engrams.size || unsettled === 0) return;
    const file = await readDerived(this.path);
    const replay = file && decodeReplay(file);
    if (!replay || !learner.consolidation.canRestore(replay)) return;
    const ids = new Set(replay.facts.map(([id]) => id));
    const facts = learner.facts.filter(({ id }) => ids.has(id));
    const restored = learner.consolidation.restored(replay, await controlEngrams(learner, facts));
    if (restored === learner.consolidation) return;
    learner.adopt(restored);
    learner.note(new Map(replay.facts.map(([id]) => [id, !replay.forgotten.includes(id)])));
  }

  private async write(path: string, content: string | Uint8Array): Promise<void> {
    try {
      await mkdir(this.folder, { recursive: true });
      await writeAtomically(path, content, { durable: false });
    } catch (error) {
      this.log(`The consolidation's result could not be saved: ${String(error)}`);
    }
  }
}
