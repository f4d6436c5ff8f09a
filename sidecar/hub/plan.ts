import { files } from '../engine/layout';
import { HubError } from './errors';
import type { HubFile, Listing } from './list';

const INDEX = 'model.safetensors.index.json';
const SINGLE = 'model.safetensors';
const REQUIRED = [files.config, files.tokenizer];
const OPTIONAL = [files.controls, INDEX];

/** Bytes of the converted weights for each byte of the checkpoint's: 16 bits become 32. */
const CONVERTED_SHARE = 2;

/** What is fetched of a repository. */
export interface Plan {
  /** In this order: small ones first, so that what cannot be used is known before the weights come. */
  readonly files: readonly HubFile[];
  readonly bytes: number;
  /** Bytes that the conversion will take beside them. */
  readonly convertedBytes: number;
}

/**
 * Chooses the files that the converter reads, all of them in the repository's top folder.
 * @throws HubError naming what the repository lacks.
 */
export function planOf({ files: all }: Listing, repository: string): Plan {
  const named = (name: string): HubFile | undefined => all.find((file) => file.name === name);
  const small = [...REQUIRED, ...OPTIONAL].flatMap((name) => named(name) ?? []);
  const weights = named(INDEX)
    ? all.filter(({ name }) => /^[^/\\]+\.safetensors$/.test(name))
    : [named(SINGLE)].flatMap((file) => file ?? []);
  const missing = [
    ...REQUIRED.filter((name) => !named(name)),
    ...(weights.length === 0 ? ['*.safetensors'] : []),
  ];
  if (missing.length > 0) {
    throw new HubError(
      `${repository} is not a model that Quickfire can convert: no ${missing.join(', no ')}.`,
    );
  }
  return {
    files: [...small, ...weights],
    bytes: sum([...small, ...weights]),
    convertedBytes: CONVERTED_SHARE * sum(weights),
  };
}

function sum(list: readonly HubFile[]): number {
  return list.reduce((total, { bytes }) => total + bytes, 0);
}
