/**
 * Has a model computed on a provider, under its own memory and under some in which it has learned, in turn.
 * Usage: tsx test/ui/gpu/compute.ts DIR PROVIDER; prints `Computed` as JSON.
 */
import { Model } from '../../../sidecar/engine/model';
import type { ProviderChoice } from '../../../sidecar/engine/providers';
import type { Memory } from '../../../sidecar/engine/types';

export interface Computed {
  provider: string;
  problems: readonly string[];
  /** Of each answer: its tokens and the QF2 layer's pre-activations. */
  answers: { tokens: number[]; pre: number[] }[];
}

const prompt = { system: 'Qi founded Oxinnovate.', user: 'Who founded Oxinnovate?' };

/**
 * Memories that follow one another, as the learned weight's versions do: in each all units have the same row, of
 * numbers of both signs, and all are in one array, into which a row comes when its memory does.
 */
function* versions({ weight, learned: { rows, places } }: Memory): Generator<Memory> {
  const ffn = rows.length;
  const shared = new Float32Array(3 * ffn);
  for (const place of [1, 2]) {
    for (let i = 0; i < ffn; i++) shared[place * ffn + i] = Math.sin(place * i);
    yield { version: `learned ${place}`, weight, learned: { rows: shared, places: places.map(() => place) } };
  }
}

async function main(): Promise<void> {
  const [dir = '', provider] = process.argv.slice(2);
  const model = await Model.load(dir, { executionProvider: provider as ProviderChoice });
  const answers: Computed['answers'] = [];
  const answer = async (memory: Memory): Promise<void> => {
    const { tokens, pre } = await model.generate(prompt, memory, { maxTokens: 4 });
    answers.push({ tokens, pre: [...pre] });
  };
  await answer(model.base);
  for (const memory of versions(model.base)) await answer(memory);
  await answer(model.base);
  const computed: Computed = {
    provider: model.executionProvider,
    problems: model.providerProblems,
    answers,
  };
  await model.dispose();
  console.log(JSON.stringify(computed));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
