import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../atomicWrite';
import { controlEngrams } from './consolidate';
import { readDerived } from './derivedFile';
import type { Learner } from './learner';
import { decodeReplay, encodeReplay } from './replayFile';

/**
 * The last replay of a learner on disk, so that it need not be done again at the next start. Derived data:
 * a file that is missing, damaged or of other facts only means that a consolidation is due.
 */
export class ReplayStore {
  private readonly path: string;

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
  }

  /** Keeps what a learner's last replay wrote. */
  async save(learner: Learner): Promise<void> {
    const { replay } = learner.consolidation;
    if (!replay) return;
    const forgotten = replay.facts.flatMap(([id]) => (learner.isForgotten(id) ? [id] : []));
    try {
      await mkdir(this.folder, { recursive: true });
      await writeAtomically(this.path, encodeReplay({ ...replay, forgotten }), { durable: false });
    } catch (error) {
      this.log(`The consolidated weight could not be saved: ${String(error)}`);
    }
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
}
