import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { files } from '../../sidecar/engine/layout';

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
    return path.join(this.root, 'models', 'hub', ...repository.split('/'));
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

  /** The converted models, by name. */
  async list(): Promise<StoredModel[]> {
    const hub = await foldersBelow(path.join(this.root, 'models', 'hub'), 2);
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

  /** Deletes a folder of this store. */
  async remove(folder: string): Promise<void> {
    if (path.relative(this.root, folder).startsWith('..')) throw new Error(`${folder} is not in the store`);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Names of the folders `depth` levels down, with forward slashes, sorted; folders of work in progress left out. */
async function foldersBelow(root: string, depth: number): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => entry.isDirectory() && !/\.(lock|converting|former)$/.test(entry.name))
    .map(({ name }) => name)
    .sort();
  if (depth === 1) return names;
  const below = names.map(async (name) =>
    (await foldersBelow(path.join(root, name), depth - 1)).map((rest) => `${name}/${rest}`),
  );
  return (await Promise.all(below)).flat();
}
