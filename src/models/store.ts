import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { files } from '../../sidecar/engine/layout';
import { tryLock } from './hub/folderLock';

/** How the folders are named, after the model's, that a conversion works with. */
const WORKING = /\.(converting|former)$/;

/** A model in the extension's storage. */
export interface StoredModel {
  /** "owner/name" of a repository, or the name of the folder it was converted from with a hash of its path. */
  readonly name: string;
  readonly origin: 'hub' | 'local';
  readonly folder: string;
}

/** Whether a folder holds a converted model; the side file is the last that the converter writes. */
export function isConverted(folder: string): boolean {
  return [files.qf2, files.graph, files.weights].every((name) => existsSync(path.join(folder, name)));
}

/**
 * Where models are kept: `models/hub/owner/name` and `models/local/name-hash` when they are converted,
 * `downloads/owner/name` while they are not.
 */
export class ModelStore {
  /** @param root the extension's global storage */
  constructor(private readonly root: string) {}

  hubFolder(repository: string): string {
    return path.join(this.hub, ...repository.split('/'));
  }

  localFolder(source: string): string {
    const place = createHash('sha256').update(path.resolve(source)).digest('hex').slice(0, 6);
    return path.join(this.local, `${path.basename(source)}-${place}`);
  }

  downloadFolder(repository: string): string {
    return path.join(this.root, 'downloads', ...repository.split('/'));
  }

  private get local(): string {
    return path.join(this.root, 'models', 'local');
  }

  private get hub(): string {
    return path.join(this.root, 'models', 'hub');
  }

  /** The converted models, by name. */
  async list(): Promise<StoredModel[]> {
    const hub = await foldersBelow(this.hub, 2);
    const local = await foldersBelow(this.local, 1);
    const models: StoredModel[] = [
      ...hub.map((name) => ({ name, origin: 'hub' as const, folder: this.hubFolder(name) })),
      ...local.map((name) => ({ name, origin: 'local' as const, folder: path.join(this.local, name) })),
    ];
    return models.filter(({ folder }) => isConverted(folder));
  }

  /** Repositories whose download or conversion was not completed. */
  async unfinished(): Promise<string[]> {
    return await foldersBelow(path.join(this.root, 'downloads'), 2);
  }

  /** Deletes a folder of this store, and what it took the place of. */
  async remove(folder: string): Promise<void> {
    if (path.relative(this.root, folder).startsWith('..')) throw new Error(`${folder} is not in the store`);
    for (const each of [`${folder}.former`, folder]) await rm(each, { recursive: true, force: true });
  }

  /**
   * Deletes what conversions left that were killed, with the machine say; not what a process works on, nor a model that
   * nothing has taken the place of yet: that is put back.
   */
  async sweep(): Promise<void> {
    const owners = await foldersBelow(this.hub, 1);
    for (const parent of [this.local, ...owners.map((owner) => path.join(this.hub, owner))]) {
      for (const name of await readdir(parent).catch(() => [])) {
        // What a process still has mapped cannot be deleted on Windows, and is the next time.
        if (WORKING.test(name)) await sweepFolder(path.join(parent, name)).catch(() => undefined);
      }
    }
  }
}

async function sweepFolder(folder: string): Promise<void> {
  const model = folder.replace(WORKING, '');
  const release = await tryLock(model);
  if (!release) return;
  try {
    if (folder.endsWith('.former') && !existsSync(model)) await rename(folder, model);
    else await rm(folder, { recursive: true, force: true });
  } finally {
    await release();
  }
}

/** Names of the folders `depth` levels down, with forward slashes, sorted; folders of work in progress left out. */
async function foldersBelow(root: string, depth: number): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => entry.isDirectory() && !entry.name.endsWith('.lock') && !WORKING.test(entry.name))
    .map(({ name }) => name)
    .sort();
  if (depth === 1) return names;
  const below = names.map(async (name) =>
    (await foldersBelow(path.join(root, name), depth - 1)).map((rest) => `${name}/${rest}`),
  );
  return (await Promise.all(below)).flat();
}
