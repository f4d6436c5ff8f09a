import { join } from 'node:path';
import { withTemporary } from '../../../scripts/temporary';
import { BLOCKS, DEFAULT_BLOCK } from '../../../sidecar/convert/blocks';
import { convert } from '../../../sidecar/convert/convert';
import type { Format } from '../../../sidecar/convert/precision';
import { Model } from '../../../sidecar/engine/model';
import type { Prompt } from '../../../sidecar/engine/types';
import { freeTexts } from '../freeText';
import { progress } from '../progress';
import { nanoSource } from './shapes';

/** Of the nano's controls one in so many is asked. */
const EVERY = 5;

const FORMATS: readonly Format[] = [
  { precision: 'fp32', block: DEFAULT_BLOCK },
  { precision: 'int8', block: DEFAULT_BLOCK },
  ...BLOCKS.map((block): Format => ({ precision: 'int4', block })),
];

/** Perplexity of answers that the nano gives in one format; of their tokens and their ends. */
export interface Accuracy {
  readonly format: Format;
  /** Of answers to a fifth of its control questions. */
  readonly controls: number;
  /** Of the answers of the free texts of the dev split, which it is told. */
  readonly statements: number;
}

/** The nano's perplexity in each format: the real weights, which are the only trained ones here. */
export async function measureAccuracy(): Promise<Accuracy[]> {
  const accuracies: Accuracy[] = [];
  for (const format of FORMATS) {
    accuracies.push(
      await withTemporary(async (folder) => {
        const target = join(folder, 'model');
        await convert(nanoSource, target, format);
        return await accuracyOf(format, target);
      }),
    );
    progress(`perplexity in ${format.precision}, blocks of ${format.block}`);
  }
  return accuracies;
}

async function accuracyOf(format: Format, folder: string): Promise<Accuracy> {
  const model = await Model.load(folder);
  try {
    const controls = model.controls.filter((_, n) => n % EVERY === 0);
    const asked = controls.map(({ question, answer }) => ({ system: '', user: question, answer }));
    const told = (await freeTexts('dev')).map(({ statement, question, answer }) => ({
      system: statement,
      user: question,
      answer,
    }));
    return { format, controls: await perplexity(model, asked), statements: await perplexity(model, told) };
  } finally {
    await model.dispose();
  }
}

async function perplexity(model: Model, asked: readonly (Prompt & { answer: string })[]): Promise<number> {
  let sum = 0;
  let count = 0;
  for (const { answer, ...prompt } of asked) {
    const { probability } = await model.record(prompt, answer, model.base);
    for (const p of probability) sum -= Math.log(p);
    count += probability.length;
  }
  return Math.exp(sum / count);
}
