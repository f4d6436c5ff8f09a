import { parseArgs } from 'node:util';
import type { ConvertOptions } from './convert';
import { BLOCKS } from './blocks';
import { PRECISIONS } from './precision';

const USAGE = `Usage: npm run convert -- <hugging-face-dir> <out-dir> [options]

  --precision P  ${PRECISIONS.join(', ')} (default: as config.json says, otherwise fp32, or int4 from 100 million parameters)
  --block B      how many numbers share a scale in int4 and int8: ${BLOCKS.join(', ')} (default: ${BLOCKS[0]})
  --layer N      index of the QF2 layer, from 0 (default: as config.json says)
  --beta B       steepness of the QF2 layer (default: as config.json says)`;

const FLAGS = {
  precision: { type: 'string' },
  block: { type: 'string' },
  layer: { type: 'string' },
  beta: { type: 'string' },
} as const;

/** The converter's command line. */
export interface Options {
  source: string;
  target: string;
  given: ConvertOptions;
}

/** @throws Error saying what is wrong, and how the command line is meant. */
export function readOptions(argv: readonly string[]): Options {
  const { positionals, values } = parse(argv);
  const [source, target, ...rest] = positionals;
  if (source === undefined || target === undefined || rest.length > 0) throw new Error(USAGE);
  const wanted = values.precision;
  const precision = PRECISIONS.find((name) => name === wanted);
  if (wanted !== undefined && !precision) throw wrong(`Unknown precision "${wanted}".`);
  const block = BLOCKS.find((size) => size === numberOf(values.block));
  if (values.block !== undefined && !block) throw wrong(`Unsupported block size "${values.block}".`);
  const given = { precision, block, layer: numberOf(values.layer), beta: numberOf(values.beta) };
  return { source, target, given };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], allowPositionals: true, options: FLAGS });
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() === '' || Number.isNaN(number)) throw wrong(`"${text}" is not a number.`);
  return number;
}

function wrong(message: string): Error {
  return new Error(`${message}\n\n${USAGE}`);
}
