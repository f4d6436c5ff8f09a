import { buffer } from 'node:stream/consumers';
import * as z from 'zod';
import type { Digest } from './checksum';
import { HubError } from './errors';
import { bodyOf, expectSuccess, get, type Hub } from './request';

const Sibling = z
  .object({
    rfilename: z.string(),
    size: z.number().int().nonnegative(),
    /** Git's id of the file; of a file in large file storage, that of the pointer to it. */
    blobId: z
      .string()
      .regex(/^([\da-f]{40}|[\da-f]{64})$/)
      .nullish(),
    lfs: z.object({ sha256: z.string().regex(/^[\da-f]{64}$/) }).nullish(),
  })
  .transform(({ rfilename: name, size: bytes, blobId, lfs }): HubFile => {
    const digest: Digest | undefined = lfs
      ? { kind: 'sha256', hex: lfs.sha256 }
      : blobId
        ? { kind: 'git', hex: blobId }
        : undefined;
    return { name, bytes, digest };
  });

const Revision = z.object({ sha: z.string().regex(/^[\da-f]{7,64}$/i), siblings: z.array(Sibling) });

/** A file of a repository. */
export interface HubFile {
  readonly name: string;
  readonly bytes: number;
  /** What its content must hash to; undefined where the hub does not say. */
  readonly digest: Digest | undefined;
}

/** What a repository holds at one commit. */
export interface Listing {
  readonly commit: string;
  readonly files: readonly HubFile[];
}

/**
 * Asks what the branch `main` of a repository holds now.
 * @throws HubError if the hub does not give it, or answers something else.
 */
export async function listFiles(hub: Hub, repository: string, signal: AbortSignal): Promise<Listing> {
  const address = `${hub.endpoint}/api/models/${repository}/revision/main?blobs=true`;
  const response = await get(hub, address, { accept: 'application/json' }, signal);
  await expectSuccess(hub, response, repository);
  const body = await buffer(bodyOf(response, signal));
  const parsed = Revision.safeParse(jsonOf(body.toString()));
  if (!parsed.success) {
    throw new HubError(
      `${hub.endpoint} did not answer like a Hugging Face hub: ${z.prettifyError(parsed.error)}`,
    );
  }
  return { commit: parsed.data.sha, files: parsed.data.siblings };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
