import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../../../sidecar/engine/config';
import type { Learned, Recording } from '../../../sidecar/engine/types';
import { Breath } from '../../../sidecar/learning/breath';
import type { MarginEngram } from '../../../sidecar/learning/engram';
import { createRule, type Rule } from '../../../sidecar/learning/rules';
import { HebbianRule } from '../../../sidecar/learning/rules/hebbian';
import { configOf, tiny } from '../../model/engine/randomModel';
import { contentOf, hebbianEngram, marginEngram } from './engrams';
import { FakeModel } from './fakeModel';

/** The smallest s · p of an engram's neurons under a memory. */
function weakest(rule: Rule, engram: MarginEngram, learned: Learned): number {
  const memory = { ...new FakeModel().base, learned };
  const rows = Array.from({ length: engram.t }, (_, row) => row);
  return Math.min(
    ...rows.flatMap((row) => {
      const signs = rule.signs(engram, row);
      return Array.from(rule.pre(engram, row, memory), (p, i) => p * signs[i]!);
    }),
  );
}

describe('rule margin', () => {
  const { margin } = new FakeModel().config.qf2;

  it('makes a position fire as wanted with the margin after one write', () => {
    const rule = createRule('margin', new FakeModel());
    const engram = { ...marginEngram('one', 1), significance: Float32Array.of(1) };
    const { index, value } = engram.codes;
    value.set(value.map((x) => x / Math.hypot(...value)));
    assert.equal(new Set(index).size, index.length);
    const { learned } = rule.fold([rule.write(engram)]);
    assert.ok(weakest(rule, engram, learned) >= margin - 1e-5);
  });

  it('records neurons that fire far from their threshold, which one write turns too', async () => {
    const model = new FakeModel();
    const rule = createRule('margin', model);
    const recording = await model.record({ system: '', user: 'Who owns Xalor?' }, 'Ada', model.base);
    const far = { ...recording, pre: recording.pre.map((p) => 20 * margin * Math.sign(p || 1)) };
    const wanted = { ...recording, pre: far.pre.map((p) => -p) };
    const engram = rule.form([{ instruct: wanted, update: far }], true) as MarginEngram;
    const read = rule.pre(engram, 0, model.base);
    read.forEach((p, i) => assert.ok(Math.abs(p - far.pre[i]!) < margin / 5));
    assert.ok(weakest(rule, engram, rule.fold([rule.write(engram)]).learned) > 0.5 * margin);
  });

  it('writes less where the model is nearly right', () => {
    const rule = createRule('margin', new FakeModel());
    const whole = { ...marginEngram('one', 1), significance: Float32Array.of(1) };
    const half = { ...whole, significance: Float32Array.of(0.5) };
    const [a, b] = [whole, half].map((engram) => rule.write(engram).writes[0]!);
    a!.forEach((value, i) => assert.ok(Math.abs(value / 2 - b![i]!) < 1e-6));
  });

  it('leaves a neuron alone that has the margin already', () => {
    const rule = createRule('margin', new FakeModel());
    const engram = marginEngram('kept', 1);
    engram.pre.fill(100);
    engram.targets.fill(255);
    assert.ok(rule.write(engram).writes[0]!.every((value) => value === 0));
  });

  it('writes beside what is settled only what that does not give', () => {
    const rule = createRule('margin', new FakeModel());
    const engram = { ...marginEngram('one', 1), significance: Float32Array.of(1) };
    engram.codes.value.set(engram.codes.value.map((x) => x / Math.hypot(...engram.codes.value)));
    const again = rule.write(engram, rule.fold([rule.write(engram)]));
    assert.ok(again.writes[0]!.every((value) => Math.abs(value) < 1e-5));
  });

  it('folds in two, one on top of the other, to the bits of one fold', () => {
    const rule = createRule('margin', new FakeModel());
    const traces = ['a', 'b', 'c', 'd'].map((name) => rule.write(marginEngram(name, 3)));
    const whole = rule.fold(traces);
    for (let n = 0; n <= traces.length; n++) {
      const both = rule.fold(traces.slice(n), rule.fold(traces.slice(0, n)));
      assert.deepEqual(contentOf({ version: '', ...both }), contentOf({ version: '', ...whole }));
    }
  });

  it('writes at a position only what earlier ones of its engram do not give', () => {
    const rule = createRule('margin', new FakeModel());
    const one = { ...marginEngram('one', 1), significance: Float32Array.of(1) };
    one.codes.value.set(one.codes.value.map((x) => x / Math.hypot(...one.codes.value)));
    const { codes, pre, targets } = one;
    const double = <A extends Float32Array | Uint16Array | Int8Array | Uint8Array>(array: A): A => {
      const both = new (array.constructor as new (length: number) => A)(2 * array.length);
      both.set(array);
      both.set(array, array.length);
      return both;
    };
    const twice: MarginEngram = {
      ...one,
      t: 2,
      codes: { ...codes, index: double(codes.index), value: double(codes.value) },
      pre: double(pre),
      targets: double(targets),
      significance: Float32Array.of(1, 1),
    };
    const { writes } = rule.write(twice);
    assert.ok(writes[0]!.some((value) => Math.abs(value) > 0.1));
    assert.ok(writes[1]!.every((value) => Math.abs(value) < 1e-5));
  });

  describe('replay', () => {
    const settings = { replay_sweeps: 200, replay_share: 0.7, control_margin: 0.25 };
    const rule = createRule('margin', new FakeModel({ margin: settings }));
    const facts = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => marginEngram(name, 4));

    it('makes all positions fire as wanted with its margin', async () => {
      const { memory } = await rule.replay!([], facts, new Breath());
      for (const engram of facts) assert.ok(weakest(rule, engram, memory.learned) >= 0.7 * margin - 5e-3);
    });

    it('keeps the signs of the controls, which one shot turns', async () => {
      const control = marginEngram('control', 4);
      // The controls' codes are the facts' own: nothing disturbs them more.
      control.codes.index.set(
        facts[0]!.codes.index.map((unit, n) => (n % 2 === 0 ? unit : control.codes.index[n]!)),
      );
      for (let row = 0; row < 4; row++) {
        for (let i = 0; i < 64; i++) {
          const bit = Number(control.pre[row * 64 + i]! > 0) << (i & 7);
          control.targets[row * 8 + (i >> 3)]! &= ~(1 << (i & 7));
          control.targets[row * 8 + (i >> 3)]! |= bit;
        }
      }
      control.pre.forEach((value, i) => (control.pre[i] = value === 0 ? -1 : value));
      const oneShot = rule.fold(facts.map((engram) => rule.write(engram)));
      assert.ok(weakest(rule, control, oneShot.learned) < 0);
      const { memory, traces } = await rule.replay!([control], facts, new Breath());
      assert.ok(weakest(rule, control, memory.learned) > -5e-3);
      assert.equal(traces[0]!.engram, control);
    });

    it('lets the event loop run meanwhile, and stops when told to', async () => {
      const some = Array.from({ length: 20 }, (_, n) => marginEngram(`many ${n}`, 4));
      const contrary = some.map((engram) => ({ ...engram, targets: engram.targets.map((bits) => ~bits) }));
      const many = Array.from({ length: 10 }, () => [...some, ...contrary]).flat();
      let visits = 0;
      const timer = setInterval(() => visits++, 1);
      await rule.replay!([], many, new Breath());
      clearInterval(timer);
      assert.ok(visits > 0);
      const controller = new AbortController();
      const breath = new Breath(controller.signal, () => controller.abort());
      await assert.rejects(rule.replay!([], many, breath), { name: 'AbortError' });
    });
  });
});

describe('rule hebbian', () => {
  it('gives the weight of the PyTorch reference', () => {
    const file = join(__dirname, '..', 'golden', 'hebbian.json');
    const golden = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number[]> & {
      d: number;
      rate: number;
    };
    const { d, rate } = golden;
    const weight = Float32Array.from(golden.weight!);
    const ffn = weight.length / d;
    const recording = (keys: number[], pre: number[]): Recording =>
      ({
        keys: Float32Array.from(keys),
        pre: Float32Array.from(pre),
        probability: Float32Array.from(golden.significance!, (value) => 1 - value),
      }) as Recording;
    const json = { ...configOf({ ...tiny, hidden: d, heads: 2, qf2Ffn: ffn }) };
    const qf2 = { layer: 1, beta: 10, intermediate_size: ffn, rule: { hebbian: { rate } } };
    const config = parseConfig({ ...json, qf2 }, '');
    const rule = new HebbianRule({ config, base: { ...new FakeModel().base, weight } });
    const engram = rule.form(
      [{ instruct: recording([], golden.pre!), update: recording(golden.keys!, []) }],
      false,
    );
    const folded = rule.fold([rule.write(engram)]);
    folded.weight.forEach((value, n) =>
      assert.ok(Math.abs(value - golden.learned![n]!) < 1e-5, `weight ${n}`),
    );
  });

  it('reads back at a key the sum of its writes by overlap', () => {
    const model = new FakeModel();
    const rule = new HebbianRule(model);
    const [one, other] = [hebbianEngram('one', 2), hebbianEngram('other', 1)];
    const trace = rule.write(one);
    const memory = { version: 'x', ...rule.fold([trace]) };
    const [before, after] = [model.base, memory].map((held) => rule.pre(other, 0, held));
    const probe = rule.probe(other, 0);
    after!.forEach((value, i) => {
      const read = trace.writes.reduce(
        (sum, write, row) => sum + rule.overlap(one, row, probe) * write![i]!,
        0,
      );
      assert.ok(Math.abs(value - before![i]! - read) < 1e-4);
    });
  });
});
