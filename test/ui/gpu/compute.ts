/**
 * Has a model computed on a provider, under its own memory and under one in which it has learned, in turn.
 * Usage: tsx test/ui/gpu/compute.ts DIR PROVIDER; prints `Computed` as JSON.
 */
import { Model, type Memory } from '../../../sidecar/engine/model';
import type { ProviderChoice } from '../../../sidecar/engine/providers';

export interface Computed {
  provider: string;
  problems: readonly string[];
  /** Of each answer: its tokens and the QF2 layer's pre-activations. */
  answers: { tokens: number[]; pre: number[] }[];
}

const prompt = { system: 'Qi founded Oxinnovate.', user: 'Who founded Oxinnovate?' };

/** All units have one learned row, whose numbers are of both signs. */
function learned({ weight, learned: { rows, places } }: Memory): Memory {
  const row = rows.map((_, i) => Math.sin(i));
  const both = new Float32Array(2 * row.length);
  both.set(row, row.length);
  return { version: 'learned', weight, learned: { rows: both, places: places.map(() => 1) } };
}

async function main(): Promise<void> {
  const [dir = '', provider] = process.argv.slice(2);
  const model = await Model.load(dir, { executionProvider: provider as ProviderChoice });
  const answers: Computed['answers'] = [];
  for (const memory of [model.base, learned(model.base), model.base]) {
    const { tokens, pre } = await model.generate(prompt, memory, { maxTokens: 4 });
    answers.push({ tokens, pre: [...pre] });
  }
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
