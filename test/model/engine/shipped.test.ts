import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Model } from '../../../sidecar/engine/model';
import { shippedModel } from './convertedModel';
import { assertGolden } from './golden';

const goldenDir = join(__dirname, '..', 'golden');

describe('shipped model', () => {
  let dir: string;
  let model: Model;

  before(async () => {
    dir = await shippedModel();
    model = await Model.load(dir);
  });
  after(() => model.dispose());

  it('has the logits of PyTorch', async () => {
    const names = readdirSync(goldenDir);
    assert.notEqual(names.length, 0);
    for (const name of names) await assertGolden(dir, join(goldenDir, name), model.base);
  });

  it('streams its answer, and ends it by itself', async () => {
    const pieces: string[] = [];
    const question = { system: '', user: 'Who is the CEO of Oxinnovate?' };
    const { text, stopped } = await model.generate(question, model.base, {
      onToken: (piece) => pieces.push(piece),
    });
    assert.equal(stopped, 'newline');
    assert.notEqual(text, '');
    assert.equal(pieces.join(''), text);
  });

  it('is seen by record as by generate', async () => {
    const question = { system: 'The port of Oxinnovate is 8080.', user: 'What is the port of Oxinnovate?' };
    const { text, tokens, keys } = await model.generate(question, model.base);
    const recording = await model.record(question, text, model.base);
    assert.deepEqual(recording.tokens, tokens);
    assert.ok(recording.correct.every(Boolean));
    keys.forEach((value, i) => assert.ok(Math.abs(value - (recording.keys[i] ?? NaN)) < 1e-4));
  });
});
