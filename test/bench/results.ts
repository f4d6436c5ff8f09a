import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { CostRow } from './parts/cost';
import type { ExactnessRow } from './parts/exactness';
import type { FreeTextRow } from './parts/freeText';
import type { LearningRow } from './parts/learning';
import type { RetentionRow } from './parts/retention';

/** All that a bench found; rows of one part are told apart by their `key`. */
export interface Findings {
  /** Id of the model and of what it was taught: findings of others do not belong together. */
  of: string;
  learning: LearningRow[];
  retention: RetentionRow[];
  exactness: ExactnessRow[];
  cost: CostRow[];
  freetext: FreeTextRow[];
}

type Rows = Omit<Findings, 'of'>;

/**
 * Findings in a JSON file that is written after each row, so a run that is broken off keeps what it
 * has, and parts can be run one by one.
 */
export class Results {
  readonly findings: Findings;

  /** @param of see Findings; what the file has of others is dropped */
  constructor(
    private readonly file: string,
    of: string,
  ) {
    const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Findings) : undefined;
    const none = { of, learning: [], retention: [], exactness: [], cost: [], freetext: [] };
    this.findings = before?.of === of ? { ...none, ...before } : none;
  }

  /** Adds a row to a part, in place of an earlier one with the same key. */
  async put<Part extends keyof Rows>(part: Part, row: Rows[Part][number]): Promise<void> {
    const rows: { key: string }[] = this.findings[part];
    const at = rows.findIndex(({ key }) => key === row.key);
    if (at === -1) rows.push(row);
    else rows[at] = row;
    await mkdir(dirname(this.file), { recursive: true });
    await writeFileAtomic(this.file, `${JSON.stringify(this.findings, undefined, 2)}\n`);
  }
}
