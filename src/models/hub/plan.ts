import { LARGE_PARAMETERS } from '../../../sidecar/convert/precision';
import { INDEX, SINGLE } from '../../../sidecar/convert/weightFiles';
import { files } from '../../../sidecar/engine/layout';
import { HubError } from './errors';
import type { HubFile, Listing } from './list';

const REQUIRED = [files.config, files.tokenizer];

/**
 * Most bytes that the converted weights take for each byte of the checkpoint's. Of a small model, 16 bits may
 * become 32. Of a large one, most become 4 with their scales, the embedding keeps 16 and is stored in both ways.
 */
const CONVERTED_SHARE = { small: 2, large: 0.75 };

/** What is fetched of a repository. */
export interface Plan {
  /** In this order: small ones first, so that what cannot be used is known before the weights come. */
  readonly files: readonly HubFile[];
  readonly bytes: number;
  /** Bytes that the conversion will take beside them. */
  readonly convertedBytes: number;
}

/** The index that says which files hold the weights; none where one file holds them all. */
export function indexOf({ files: all }: Listing): HubFile | undefined {
  return fileNamed(all, SINGLE) ? undefined : fileNamed(all, INDEX);
}

/**
 * Chooses the files that the converter reads, all of them in the repository's top folder.
 * @param shards names of the files with weights, as the index says, where there is one
 * @throws HubError naming what the repository lacks.
 */
export function planOf(listing: Listing, repository: string, shards: readonly string[] = [SINGLE]): Plan {
  const present = (names: readonly string[]): HubFile[] =>
    names.flatMap((name) => fileNamed(listing.files, name) ?? []);
  const optional = indexOf(listing) ? [files.controls, INDEX] : [files.controls];
  const small = present([...REQUIRED, ...optional]);
  const weights = present(shards);
  const missing = [...REQUIRED, ...shards].filter((name) => !fileNamed(listing.files, name));
  if (missing.length > 0) {
    throw new HubError(`Quickfire cannot convert ${repository}: it has no ${missing.join(', no ')}.`);
  }
  // It is large for certain where even f32 would need so many bytes for fewer numbers.
  const size = sum(weights) >= 4 * LARGE_PARAMETERS ? 'large' : 'small';
  return {
    files: [...small, ...weights],
    bytes: sum([...small, ...weights]),
    convertedBytes: CONVERTED_SHARE[size] * sum(weights),
  };
}

function fileNamed(all: readonly HubFile[], name: string): HubFile | undefined {
  return all.find((file) => file.name === name);
}

function sum(list: readonly HubFile[]): number {
  return list.reduce((total, { bytes }) => total + bytes, 0);
}
