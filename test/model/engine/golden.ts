import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readConfig, type ModelConfig } from '../../../sidecar/engine/config';
import { HostRunner } from '../../../sidecar/engine/hostRunner';
import { files } from '../../../sidecar/engine/layout';
import { prefill } from '../../../sidecar/engine/prefill';
import { renderAnswer, renderPrompt } from '../../../sidecar/engine/prompt';
import { withSequence, type Runner } from '../../../sidecar/engine/runner';
import { Tokenizer } from '../../../sidecar/engine/tokenizer';
import type { Memory } from '../../../sidecar/engine/types';

/** Logits of a reference implementation at the positions that predict an answer's tokens and the stop. */
const Golden = z.object({
  cases: z
    .array(
      z.object({
        system: z.string(),
        user: z.string(),
        answer: z.string(),
        ids: z.array(z.number()),
        logits: z.array(z.array(z.number())),
      }),
    )
    .min(1),
});

/**
 * Asserts that a converted model directory has the ids and logits of a golden file, prefilled and decoded.
 * @param tolerance most that a logit may differ by
 * @param load gives its graph; on the CPU if not given
 */
export async function assertGolden(
  dir: string,
  file: string,
  base: Memory,
  tolerance = 1e-4,
  load: (config: ModelConfig) => Promise<Runner> = (config) =>
    HostRunner.load(join(dir, files.graph), config, 'cpu'),
): Promise<void> {
  const { cases } = Golden.parse(JSON.parse(readFileSync(file, 'utf8')));
  const config = await readConfig(dir);
  const tokenizer = await Tokenizer.load(dir, config.vocab_size);
  const runner = await load(config);

  for (const golden of cases) {
    const prompt = tokenizer.encode(renderPrompt(config.qf2.prompt, golden));
    const answer = tokenizer.encode(renderAnswer(golden.answer, config.qf2.stop));
    const sequence = [...prompt, ...answer.slice(0, -1)];
    assert.deepEqual(golden.ids, sequence.slice(0, Math.max(prompt.length, golden.ids.length)));

    const asked = golden.logits.map((_, i) => prompt.length - 1 + i);
    const expected = golden.logits.flat();
    const { logits } = await withSequence(runner, base, (whole) => prefill(whole, sequence, asked));
    assertClose(logits, expected, tolerance, `prefill, "${golden.user}"`);

    const rows = await withSequence(runner, base, async (single) => {
      const logitsAt: number[] = [];
      for (const [i, token] of sequence.entries()) {
        const step = await single.step([token], [0]);
        if (asked.includes(i)) logitsAt.push(...step.logits);
      }
      return logitsAt;
    });
    assertClose(rows, expected, tolerance, `decoding, "${golden.user}"`);
  }
  await runner.release();
}

function assertClose(
  actual: ArrayLike<number>,
  expected: readonly number[],
  tolerance: number,
  what: string,
): void {
  assert.equal(actual.length, expected.length, what);
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - (actual[i] ?? NaN))), 0);
  assert.ok(worst < tolerance, `${what}: a logit differs by ${worst}`);
}
