import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { lock } from 'proper-lockfile';
import { writeAtomically } from '../../sidecar/atomicWrite';
import type { AlikeRow, CostRow, ExactnessRow, FreeTextRow, LearningRow, RetentionRow } from './parts/rows';

/** All that a bench found; rows of one part are told apart by their `key`. */
export interface Findings {
  /** Id of the model and of what it was taught: findings of others do not belong together. */
  of: string;
  learning: LearningRow[];
  retention: RetentionRow[];
  exactness: ExactnessRow[];
  cost: CostRow[];
  freetext: FreeTextRow[];
  alike: AlikeRow[];
}

type Rows = Omit<Findings, 'of'>;

/**
 * Findings in a JSON file that is read and written at each row: a run that is broken off keeps what it
 * has, and parts can be run one by one, or several at a time.
 */
export class Results {
  /**
   * @param of see Findings
   * @throws Error if the file has findings of others
   */
  constructor(
    private readonly file: string,
    private readonly of: string,
  ) {
    if (this.findings.of !== of) {
      throw new Error(`${file} has findings of another model or other facts; give another file by --json.`);
    }
  }

  /** All that the file has. */
  get findings(): Findings {
    const none: Findings = {
      of: this.of,
      learning: [],
      retention: [],
      exactness: [],
      cost: [],
      freetext: [],
      alike: [],
    };
    if (!existsSync(this.file)) return none;
    return { ...none, ...(JSON.parse(readFileSync(this.file, 'utf8')) as Findings) };
  }

  /** Adds a row to a part, in place of an earlier one with the same key. */
  async put<Part extends keyof Rows>(part: Part, row: Rows[Part][number]): Promise<void> {
    await mkdir(dirname(this.file), { recursive: true });
    const release = await lock(this.file, {
      realpath: false,
      retries: { retries: 50, minTimeout: 20, maxTimeout: 200 },
    });
    try {
      const findings = this.findings;
      const rows: { key: string }[] = findings[part];
      const at = rows.findIndex(({ key }) => key === row.key);
      if (at === -1) rows.push(row);
      else rows[at] = row;
      await writeAtomically(this.file, `${JSON.stringify(findings, undefined, 2)}\n`);
    } finally {
      await release();
    }
  }
}
