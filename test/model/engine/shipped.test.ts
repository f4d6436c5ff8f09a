import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convert } from '../../../sidecar/convert/convert';
import { Model } from '../../../sidecar/engine/model';
import { shippedModel, shippedSource } from './convertedModel';
import { assertGolden } from './golden';

const goldenDir = join(__dirname, '..', 'golden');

/** What rounding weights and activations to 8 bits may change in a logit, which are up to 20. */
const ROUNDED = 1;
/** What a key, of size 1, may differ by where as many tokens are rounded at once or one by one. */
const ROUNDED_KEY = 0.1;

describe('shipped model', () => {
  let dir: string;
  let exactDir: string;
  let model: Model;
  let exact: Model;

  before(async () => {
    dir = await shippedModel();
    model = await Model.load(dir);
    exactDir = await mkdtemp(join(tmpdir(), 'quickfire-exact-'));
    await convert(shippedSource, exactDir, { precision: 'fp32' });
    exact = await Model.load(exactDir);
  });
  after(async () => {
    await model.dispose();
    await exact.dispose();
    await rm(exactDir, { recursive: true });
  });

  it('has the logits of PyTorch in fp32 and fp16, and others that are near as it ships', async () => {
    const halfDir = join(exactDir, 'half');
    await convert(shippedSource, halfDir, { precision: 'fp16' });
    const names = readdirSync(goldenDir);
    assert.notEqual(names.length, 0);
    for (const name of names) {
      for (const same of [exactDir, halfDir]) await assertGolden(same, join(goldenDir, name), exact.base);
      await assertGolden(dir, join(goldenDir, name), model.base, ROUNDED);
    }
  });

  it('streams its answer, and ends it by itself', async () => {
    const pieces: string[] = [];
    const question = { system: '', user: 'Who is the CEO of Oxinnovate?' };
    const { text, tokens } = await model.generate(question, model.base, {
      onToken: (piece) => pieces.push(piece),
    });
    assert.ok(tokens.length < 64, 'which is the limit');
    assert.notEqual(text, '');
    assert.equal(pieces.join(''), text);
  });

  it('is seen by record as by generate', async () => {
    const question = { system: 'The port of Oxinnovate is 8080.', user: 'What is the port of Oxinnovate?' };
    for (const [own, tolerance] of [[exact, 1e-4] as const, [model, ROUNDED_KEY] as const]) {
      const { text, tokens, keys } = await own.generate(question, own.base);
      const recording = await own.record(question, text, own.base);
      assert.deepEqual(recording.tokens, tokens);
      assert.ok(recording.correct.every(Boolean));
      keys.forEach((value, i) => assert.ok(Math.abs(value - (recording.keys[i] ?? NaN)) < tolerance));
    }
  });
});
