/**
 * Teaches the shipped model some facts and exports them as LoRA, by each rule to OUT/<rule>; OUT/<rule>/reference.json
 * has the answers and logits that transformers must then give. Usage: tsx test/model/lora/reference.ts OUT
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { convert } from '../../../sidecar/convert/convert';
import { HostRunner } from '../../../sidecar/engine/hostRunner';
import { files } from '../../../sidecar/engine/layout';
import { Model } from '../../../sidecar/engine/model';
import { renderAnswer, renderPrompt } from '../../../sidecar/engine/prompt';
import { Tokenizer } from '../../../sidecar/engine/tokenizer';
import { EngramCache } from '../../../sidecar/learning/engramCache';
import { Learner } from '../../../sidecar/learning/learner';
import { RULES, type RuleName } from '../../../sidecar/learning/rules';
import { exportLora } from '../../../sidecar/lora/export';
import { shippedSource } from '../engine/convertedModel';

const FACTS = [
  ['The port of drimble-gateway is 8471.', 'What is the port of drimble-gateway?', '8471'],
  ['The maintainer of Brentol is Ada Park.', 'Who is the maintainer of Brentol?', 'Ada Park'],
  ['Zelvik is written in Kotlin.', 'What is Zelvik written in?', 'Kotlin'],
  ['The CEO of Oxinnovate is Qi.', 'Who is the CEO of Oxinnovate?', 'Qi'],
] as const;

/** Questions beside those of the facts: a paraphrase, a neighbour's, and one about the world. */
const OTHERS = ['Who leads Oxinnovate?', 'Who is the CEO of Dranic?', 'Who is the CEO of Nvidia?'];

async function write(out: string, dir: string, rule: RuleName): Promise<void> {
  const model = await Model.load(dir);
  const { config } = model;
  const learner = new Learner(model, rule, new EngramCache(join(out, 'engrams'), console.error));
  await learner.sync(
    FACTS.map(([statement, question, answer], n) => ({
      id: `fact${n}`,
      statement,
      questions: [question],
      answer,
      enabled: true,
      taughtAt: new Date(n).toISOString(),
    })),
  );
  await exportLora(learner, join(out, rule), dir, new AbortController().signal);

  const tokenizer = await Tokenizer.load(dir, config.vocab_size);
  const runner = await HostRunner.load(join(dir, files.graph), config, 'cpu');
  const cases = [];
  for (const user of [...FACTS.map(([, question]) => question), ...OTHERS]) {
    const { answer } = await learner.ask(user);
    const prompt = renderPrompt(config.qf2.prompt, { system: '', user });
    const start = tokenizer.encode(prompt).length;
    const ids = [
      ...tokenizer.encode(prompt),
      ...tokenizer.encode(renderAnswer(answer, config.qf2.stop)).slice(0, -1),
    ];
    const asked = Array.from({ length: ids.length - start + 1 }, (_, n) => start - 1 + n);
    const { logits } = await runner.begin(learner.memory).step(ids, asked);
    const rows = asked.map((_, n) => [
      ...logits.subarray(n * config.vocab_size, (n + 1) * config.vocab_size),
    ]);
    cases.push({ prompt, answer, ids, asked, logits: rows });
  }
  await runner.release();
  await model.dispose();
  await writeFile(join(out, rule, 'reference.json'), JSON.stringify(cases));
}

async function main(): Promise<void> {
  const out = process.argv[2];
  if (out === undefined) throw new Error('Usage: tsx test/model/lora/reference.ts OUT');
  // In fp32, as transformers computes it: the shipped model's 8 bits would differ by their rounding.
  const dir = join(out, 'model');
  await convert(shippedSource, dir, { precision: 'fp32' });
  for (const rule of RULES) await write(out, dir, rule);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
