import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../../scripts/run';
import { shippedModel } from '../../../sidecar/cli/options';
import { BLOCKS, DEFAULT_BLOCK, type BlockSize } from '../../../sidecar/convert/blocks';
import { PROVIDERS, type Provider } from '../../../sidecar/engine/providers';
import { oneOf } from '../oneOf';
import { whole } from '../whole';
import { SHAPES, type ShapeName } from './shapes';

/**
 * What is measured: engines side by side, what learning costs, the shipped model as it is used, and what the formats
 * of the converter cost in accuracy.
 */
export const PARTS = ['compare', 'learning', 'shipped', 'accuracy'] as const;
export type SpeedPart = (typeof PARTS)[number];

export interface SpeedOptions {
  readonly parts: readonly SpeedPart[];
  readonly shapes: readonly ShapeName[];
  /** Takes fewer layers than the shapes have. */
  readonly layers: number | undefined;
  /** Numbers that share a scale in int4; each size is measured. */
  readonly blocks: readonly BlockSize[];
  readonly threads: readonly number[];
  /** Tokens that are read before some are decoded. */
  readonly contexts: readonly number[];
  /** Tokens that are decoded in a run. */
  readonly decoded: number;
  /** Runs of each engine at each number of threads and context, and teachings and questions. */
  readonly repeats: number;
  /** Facts that are there when a question is asked with many. */
  readonly facts: number;
  /** What computes Quickfire's side of the comparison, untested; a GPU takes no notice of the threads. */
  readonly provider: Provider;
  /** Folder that node-llama-cpp is installed in. */
  readonly llama: string;
  /** Folder of the shipped model. */
  readonly model: string;
  /** Runs with the shipped model. */
  readonly starts: number;
  readonly seed: number;
  readonly json: string | undefined;
  readonly markdown: string | undefined;
}

/** Reads the command line. @throws Error that says what is wrong */
export function readSpeedOptions(argv: readonly string[]): SpeedOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      parts: { type: 'string', default: PARTS.join(',') },
      shapes: { type: 'string', default: SHAPES.join(',') },
      layers: { type: 'string' },
      blocks: { type: 'string', default: String(DEFAULT_BLOCK) },
      threads: { type: 'string', default: '1,2' },
      contexts: { type: 'string', default: '64,1024' },
      decoded: { type: 'string', default: '32' },
      repeats: { type: 'string', default: '5' },
      facts: { type: 'string', default: '1000' },
      provider: { type: 'string', default: 'cpu' },
      llama: { type: 'string', default: join(root, 'out', 'llama') },
      model: { type: 'string', default: shippedModel() },
      starts: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      json: { type: 'string' },
      markdown: { type: 'string' },
    },
  });
  return {
    parts: list(values.parts, (part) => oneOf(PARTS, part, '--parts')),
    shapes: list(values.shapes, (shape) => oneOf(SHAPES, shape, '--shapes')),
    layers: values.layers === undefined ? undefined : whole(values.layers, '--layers'),
    blocks: list(values.blocks, (block) => blockOf(block)),
    threads: list(values.threads, (threads) => whole(threads, '--threads')),
    contexts: list(values.contexts, (context) => whole(context, '--contexts')),
    decoded: whole(values.decoded, '--decoded'),
    repeats: whole(values.repeats, '--repeats'),
    facts: whole(values.facts, '--facts'),
    provider: oneOf(PROVIDERS, values.provider, '--provider'),
    llama: values.llama,
    model: values.model,
    starts: whole(values.starts, '--starts'),
    seed: whole(values.seed, '--seed'),
    json: values.json,
    markdown: values.markdown,
  };
}

function list<T>(text: string, read: (entry: string) => T): T[] {
  return text.split(',').map(read);
}

function blockOf(text: string): BlockSize {
  const block = BLOCKS.find((size) => String(size) === text);
  if (block === undefined) throw new Error(`--blocks knows ${BLOCKS.join(', ')}; not "${text}".`);
  return block;
}
