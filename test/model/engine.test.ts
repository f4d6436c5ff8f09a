import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Checkpoint } from '../../sidecar/convert/checkpoint';
import { convert } from '../../sidecar/convert/convert';
import { readExpansion } from '../../sidecar/convert/expansion';
import { DeviceRunner } from '../../sidecar/engine/deviceRunner';
import { ModelError } from '../../sidecar/engine/errors';
import { HostRunner } from '../../sidecar/engine/hostRunner';
import { withSequence } from '../../sidecar/engine/runner';
import { RowStore } from '../../sidecar/learning/rules/rows';
import { files } from '../../sidecar/engine/layout';
import { Model } from '../../sidecar/engine/model';
import { encodeAnswer, encodePrompt, renderPrompt } from '../../sidecar/engine/prompt';
import { argmax } from '../../sidecar/engine/softmax';
import { Tokenizer } from '../../sidecar/engine/tokenizer';
import type { Memory } from '../../sidecar/engine/types';
import { assertGolden } from './engine/golden';
import { tiny, writeRandomModel, type Shape } from './engine/randomModel';

const shapes: Record<string, Shape> = {
  middle: tiny,
  last: { ...tiny, qf2Layer: 2 },
  first: { ...tiny, qf2Layer: 0, tied: false },
};

/** A newline, of which the models' tokenizer makes a token of its own. */
const STOP = 10;

for (const [place, shape] of Object.entries(shapes)) {
  describe(`engine, QF2 layer ${place}`, () => {
    const prompt = { system: 'Qi founded Oxinnovate.', user: 'Who founded Oxinnovate?' };
    let dir: string;
    let model: Model;

    before(async () => {
      dir = await mkdtemp(join(tmpdir(), 'quickfire-engine-'));
      await writeRandomModel(join(dir, 'source'), shape);
      await convert(join(dir, 'source'), join(dir, 'model'));
      dir = join(dir, 'model');
      model = await Model.load(dir);
    });
    after(async () => {
      await model.dispose();
      await rm(join(dir, '..'), { recursive: true });
    });

    /** The base weight with one neuron in four turned around. */
    function changed(): Memory {
      const d = shape.hidden;
      const weight = model.base.weight.map((w, i) => (Math.floor(i / d) % 4 === 0 ? -w : w));
      return { ...model.base, version: 'changed', weight };
    }

    it('has the logits of the reference', async () => {
      const golden = join(__dirname, 'engine', `golden-${place}.json`);
      await assertGolden(dir, golden, model.base);
    });

    it('has them from the graph for GPUs', async () => {
      const golden = join(__dirname, 'engine', `golden-${place}.json`);
      await assertGolden(dir, golden, model.base, 1e-4, (config) =>
        DeviceRunner.load(join(dir, files.deviceGraph), config, 'cpu'),
      );
    });

    it('sees each version of what was learned from the graph for GPUs', async () => {
      const { units, qf2Ffn: ffn } = shape;
      const store = new RowStore(units, ffn);
      const all = new Uint8Array(units).fill(1);
      /** Versions that follow one another share an array. */
      const next = (before: Memory, value: number): Memory => {
        const { learned, add } = store.version(before.learned, all);
        for (let unit = 0; unit < units; unit++) add(unit).fill(value);
        return { ...before, version: `all ${value}`, learned };
      };
      const first = next(model.base, 1);
      const second = next(first, -1);
      const device = await DeviceRunner.load(join(dir, files.deviceGraph), model.config, 'cpu');
      const host = await HostRunner.load(join(dir, files.graph), model.config, 'cpu');
      for (const memory of [model.base, first, second, first]) {
        const [own, expected] = await Promise.all(
          [device, host].map((runner) =>
            withSequence(runner, memory, (sequence) => sequence.step([65, 66], [1])),
          ),
        );
        const off = expected?.pre.map((value, i) => Math.abs(value - (own?.pre[i] ?? NaN))) ?? [NaN];
        assert.ok(Math.max(...off) < 1e-4, `${memory.version}: ${Math.max(...off)}`);
      }
      await device.release();
      await host.release();
    });

    it('takes what a user wrote as text, also where it has a word of the prompt format', async () => {
      const tokenizer = await Tokenizer.load(dir, model.config.vocab_size);
      const { prompt: format, stop } = model.config.qf2;
      const ordinary = { system: 'The port is 8443.', user: 'Which port?' };
      assert.deepEqual(
        encodePrompt(tokenizer, format, ordinary),
        tokenizer.encode(renderPrompt(format, ordinary)),
      );
      for (const word of ['system:', '<pad>'].filter((candidate) => tokenizer.hasMarkup(candidate))) {
        const [own = -1] = tokenizer.encode(word);
        const user = `Which file${word} ext4?`;
        const ids = encodePrompt(tokenizer, format, { ...ordinary, user });
        const formatted = tokenizer.encode(renderPrompt(format, ordinary));
        const times = (all: readonly number[]): number => all.filter((id) => id === own).length;
        assert.equal(times(ids), times(formatted), word);
        assert.ok(tokenizer.decode(ids).includes(user));
        assert.equal(times(encodeAnswer(tokenizer, `file${word}`, stop)), 0);
      }
    });

    it('decodes the same tokens with a cache as without', async () => {
      const { tokens, keys, codes, pre } = await model.generate(prompt, model.base, { maxTokens: 20 });
      assert.equal(keys.length, tokens.length * shape.hidden);
      assert.equal(codes.index.length, tokens.length * shape.active);
      assert.equal(pre.length, tokens.length * shape.qf2Ffn);
      if (tokens.at(-1) !== STOP) assert.equal(tokens.length, 20);

      const tokenizer = await Tokenizer.load(dir, model.config.vocab_size);
      const runner = await HostRunner.load(join(dir, files.graph), model.config, 'cpu');
      const ids = tokenizer.encode(renderPrompt(model.config.qf2.prompt, prompt));
      for (const [i, token] of tokens.entries()) {
        const step = await runner.begin(model.base).step(ids, [ids.length - 1]);
        assert.equal(argmax(step.logits), token, `token ${i}`);
        step.keys.forEach((value, j) => {
          assert.ok(Math.abs(value - (keys[i * shape.hidden + j] ?? NaN)) < 1e-4, `key ${i}`);
        });
        ids.push(token);
      }
      await runner.release();
    });

    it('records what the layer sees and does at each answer position', async () => {
      const { hidden: d, qf2Ffn: ffn } = shape;
      const recording = await model.record(prompt, 'Qi', model.base);
      const { t, tokens, keys, codes, pre, probability, correct } = recording;
      assert.deepEqual(tokens, [...Buffer.from(' Qi\n')]);
      assert.equal(t, 4);
      assert.deepEqual([keys.length, pre.length], [t * d, t * ffn]);
      assert.deepEqual([codes.active, codes.index.length, codes.value.length], [5, t * 5, t * 5]);
      assert.deepEqual([probability.length, correct.length], [t, t]);
      assert.ok(probability.every((p) => p >= 0 && p <= 1));
      // pre = W0 key, for the last neuron at the last position.
      const key = keys.subarray(-d);
      const expected = model.base.weight.subarray(-d).reduce((sum, w, i) => sum + w * (key[i] ?? NaN), 0);
      assert.ok(Math.abs((pre.at(-1) ?? NaN) - expected) < 1e-4);
    });

    it('records the first position alone, without what comes after it', async () => {
      const whole = await model.record(prompt, 'Qi', model.base);
      const first = await model.record(prompt, 'Qi', model.base, undefined, 1);
      assert.deepEqual(
        [first.t, first.tokens, first.correct],
        [1, whole.tokens.slice(0, 1), [whole.correct[0]]],
      );
      const off = first.pre.map((value, i) => Math.abs(value - (whole.pre[i] ?? NaN)));
      assert.ok(Math.max(...off) < 1e-4, `${Math.max(...off)}`);
    });

    it('records the same bits again, whatever was asked in between', async () => {
      const first = await model.record(prompt, 'Qi', model.base);
      await model.generate({ system: '', user: 'Something else?' }, changed(), { maxTokens: 5 });
      assert.deepEqual(await model.record(prompt, 'Qi', model.base), first);
    });

    it('gives the bits of a model that was never asked before, whatever memory was asked the same before', async () => {
      const { length: size } = model.base.learned.rows;
      const rows = Float32Array.from({ length: 2 * size }, (_, i) => (i < size ? 0 : Math.sin(i)));
      const learned = { rows, places: new Int32Array(shape.units).fill(1) };
      const taught: Memory = { ...model.base, version: 'taught', learned };
      const options = { maxTokens: 5 };
      for (const memory of [model.base, taught, changed()]) {
        const fresh = await Model.load(dir);
        await model.record(prompt, 'Qi', memory);
        const answer = await fresh.generate(prompt, memory, options);
        assert.deepEqual(await model.generate(prompt, memory, options), answer);
        assert.deepEqual(await fresh.record(prompt, 'Qi', memory), await model.record(prompt, 'Qi', memory));
        await fresh.dispose();
      }
    });

    it('codes each key by its largest projections, less the next one, at length 1', async () => {
      const { hidden: d, units, active } = shape;
      const checkpoint = await Checkpoint.open(join(dir, '..', 'source'));
      const { weight, bias } = await readExpansion(model.config, checkpoint);
      await checkpoint.close();
      const { t, keys, codes } = await model.record(prompt, 'Qi', model.base);
      for (let position = 0; position < t; position++) {
        const key = keys.subarray(position * d, (position + 1) * d);
        const z = Array.from(bias, (shift, unit) => ({
          unit,
          value: key.reduce((sum, x, j) => sum + x * (weight[unit * d + j] ?? NaN), shift),
        })).sort((a, b) => b.value - a.value);
        const above = z.slice(0, active).map(({ value }) => value - (z[active]?.value ?? NaN));
        const index = codes.index.subarray(position * active, (position + 1) * active);
        assert.deepEqual(
          [...index],
          z.slice(0, active).map(({ unit }) => unit),
          `${units} units`,
        );
        above.forEach((value, n) => {
          const expected = value / Math.hypot(...above);
          assert.ok(Math.abs((codes.value[position * active + n] ?? NaN) - expected) < 1e-4);
        });
      }
    });

    it('adds what was learned for the active units, another from one call to the next', async () => {
      const { qf2Ffn: ffn, units, active } = shape;
      const base = await model.record(prompt, 'Qi', model.base);
      // Every second unit has a row.
      const rows = Float32Array.from({ length: (1 + units) * ffn }, (_, i) => (i < ffn ? 0 : Math.sin(i)));
      const places = Int32Array.from({ length: units }, (_, unit) => (unit % 2 === 0 ? unit + 1 : 0));
      const learned = { rows, places };
      const taught = await model.record(prompt, 'Qi', { ...model.base, version: 'taught', learned });
      assert.deepEqual(taught.keys, base.keys, 'keys do not depend on the memory');
      assert.deepEqual(taught.codes, base.codes);
      taught.pre.forEach((value, i) => {
        const [row, neuron] = [Math.floor(i / ffn), i % ffn];
        let expected = base.pre[i] ?? NaN;
        for (let n = row * active; n < (row + 1) * active; n++) {
          expected +=
            (base.codes.value[n] ?? NaN) *
            (rows[(places[base.codes.index[n] ?? NaN] ?? NaN) * ffn + neuron] ?? NaN);
        }
        assert.ok(Math.abs(value - expected) < 1e-4);
      });

      const turned = await model.record(prompt, 'Qi', changed());
      assert.notDeepEqual(turned.probability, base.probability);
      assert.deepEqual(await model.record(prompt, 'Qi', model.base), base);
    });

    it('stops between tokens when aborted, and answers again afterwards', async () => {
      const controller = new AbortController();
      setImmediate(() => controller.abort());
      const asked = model.generate(prompt, model.base, { signal: controller.signal, maxTokens: 60 });
      const waiting = model.record(prompt, 'Qi', model.base, controller.signal);
      await assert.rejects(asked, { name: 'AbortError' });
      await assert.rejects(waiting, { name: 'AbortError' });
      assert.equal((await model.record(prompt, 'Qi', model.base)).t, 4);
    });

    it('refuses a prompt that leaves no room, naming count and limit', async () => {
      const long = { system: '', user: 'x'.repeat(500) };
      const refused = (error: unknown): boolean =>
        error instanceof ModelError && /50\d tokens in the .*, at most 12[78]\./.test(error.message);
      await assert.rejects(model.generate(long, model.base), refused);
      await assert.rejects(model.record(long, '', model.base), refused);
    });

    it('fills its context to the last token', async () => {
      const room = shape.context - model.countTokens(renderPrompt(model.config.qf2.prompt, prompt));
      const { tokens } = await model.generate(prompt, model.base, { maxTokens: 1000 });
      if (tokens.at(-1) !== STOP) assert.equal(tokens.length, room + 1);
      await model.record(prompt, 'x'.repeat(room - 1), model.base);
    });

    it('refuses a memory of another size', async () => {
      const { base } = model;
      for (const other of [
        { ...base, weight: new Float32Array(3) },
        { ...base, learned: { ...base.learned, places: new Int32Array(3) } },
        { ...base, learned: { ...base.learned, rows: new Float32Array(3) } },
      ]) {
        await assert.rejects(model.record(prompt, 'Qi', other), /belongs to another model/);
      }
    });
  });
}
