import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Consolidation } from '../../../sidecar/learning/consolidate';
import { formEngram, targetBytes, type Engram } from '../../../sidecar/learning/engram';
import { HebbianRule } from '../../../sidecar/learning/rules/hebbian';
import { MarginRule } from '../../../sidecar/learning/rules/margin';
import { RULES } from '../../../sidecar/learning/rules';
import { FakeModel, random } from './fakeModel';

const model = new FakeModel();
const d = model.mu.length;
const ffn = model.base.bias.length;

/** An engram of random keys that share the common part μ. */
function randomEngram(name: string, t = 3): Engram {
  const keys = random(`keys ${name}`, t * d).map((value, n) => value + model.mu[n % d]!);
  const targets = Uint8Array.from(random(`targets ${name}`, t * targetBytes(ffn)), (value) =>
    Math.abs(value * 1000),
  );
  const significance = random(`significance ${name}`, t).map((value) => Math.min(1, Math.abs(value)));
  const firing = random(`firing ${name}`, t * ffn).map((value) => 1 / (1 + Math.exp(-10 * value)));
  return { t, d, ffn, keys, targets, significance, firing };
}

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const engrams = new Map(ids.map((id, n) => [id, randomEngram(id, 1 + (n % 4))]));

/** The weight and bias of a set of facts, learned in that order. */
function foldOf(rule: (typeof RULES)[number], set: readonly string[]): Consolidation {
  const consolidation = new Consolidation(model, rule);
  for (const id of set) consolidation.set(id, engrams.get(id)!);
  return consolidation;
}

const step = fc.record({ id: fc.constantFrom(...ids), forget: fc.boolean() });

for (const rule of RULES) {
  describe(`rule ${rule}`, () => {
    it('learning A and B, then forgetting A, is learning B, bit for bit', () => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
          const consolidation = new Consolidation(model, rule);
          const held = new Set<string>();
          for (const { id, forget } of steps) {
            if (forget) consolidation.delete(id);
            else consolidation.set(id, engrams.get(id)!);
            if (forget) held.delete(id);
            else held.add(id);
          }
          assert.deepEqual(consolidation.fold(), foldOf(rule, [...held]).fold());
        }),
        { numRuns: 60 },
      );
    });

    it('does not depend on the order of learning', () => {
      fc.assert(
        fc.property(fc.shuffledSubarray(ids), fc.shuffledSubarray(ids, { minLength: 6 }), (some, order) => {
          const sorted = order.filter((id) => some.includes(id));
          assert.deepEqual(foldOf(rule, some).fold(), foldOf(rule, sorted).fold());
        }),
        { numRuns: 30 },
      );
    });

    it('gives back the base weight itself when nothing is learned', () => {
      const consolidation = foldOf(rule, ['a']);
      const { version } = consolidation.fold();
      consolidation.delete('a');
      assert.equal(consolidation.fold(), model.base);
      assert.notEqual(version, model.base.version);
    });
  });
}

describe('rule margin', () => {
  const margin = 0.4;
  const pre = (x: Float32Array, weight: Float32Array, bias: Float32Array): number[] =>
    Array.from(bias, (shift, i) => x.reduce((sum, value, j) => sum + value * weight[i * d + j]!, shift));
  const signs = (engram: Engram, row: number): number[] =>
    Array.from({ length: ffn }, (_, i) =>
      (engram.targets[row * targetBytes(ffn) + (i >> 3)]! >> (i & 7)) & 1 ? 1 : -1,
    );

  it('makes a position fire as wanted with the margin after one write', () => {
    const rule = new MarginRule(model.base.weight, model.mu, ffn, { margin, sweeps: 1 });
    const engram = { ...randomEngram('one', 1), significance: Float32Array.of(1) };
    const { weight, bias } = rule.fold([engram]);
    pre(engram.keys, weight, bias).forEach((value, i) =>
      assert.ok(value * signs(engram, 0)[i]! >= margin - 1e-3),
    );
  });

  it('makes all positions fire as wanted after replay', () => {
    const rule = new MarginRule(model.base.weight, model.mu, ffn, { margin, sweeps: 200 });
    const { weight, bias } = rule.fold([...engrams.values()]);
    for (const engram of engrams.values()) {
      for (let row = 0; row < engram.t; row++) {
        const values = pre(engram.keys.slice(row * d, (row + 1) * d), weight, bias);
        values.forEach((value, i) => assert.ok(value * signs(engram, row)[i]! >= margin - 5e-3));
      }
    }
  });

  it('leaves a neuron alone that has the margin already', () => {
    const rule = new MarginRule(model.base.weight, model.mu, ffn, { margin: 1e-9, sweeps: 20 });
    const engram = { ...randomEngram('kept', 1), targets: new Uint8Array(targetBytes(ffn)) };
    const firing = pre(engram.keys, model.base.weight, model.base.bias);
    firing.forEach((value, i) => (engram.targets[i >> 3]! |= Number(value > 0) << (i & 7)));
    assert.deepEqual(rule.fold([engram]).weight, model.base.weight);
  });
});

describe('rule hebbian', () => {
  it('gives the weight of the PyTorch reference', () => {
    const file = join(__dirname, '..', 'golden', 'hebbian.json');
    const golden = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number[]> & {
      d: number;
      rate: number;
    };
    const [width, t] = [golden.d, golden.significance!.length];
    const neurons = golden.weight!.length / width;
    const recording = (keys: number[], values: number[]): Parameters<typeof formEngram>[0][0]['update'] => ({
      tokens: [],
      keys: Float32Array.from(keys),
      pre: Float32Array.from(values),
      probability: Float32Array.from(golden.significance!, (value) => 1 - value),
      correct: [],
      t,
    });
    const lesson = { instruct: recording([], golden.pre!), update: recording(golden.keys!, []) };
    const options = { threshold: 0, keepFiring: true, emphasis: false, beta: 10 };
    const rule = new HebbianRule(Float32Array.from(golden.weight!), neurons, golden.rate);
    const { weight } = rule.fold([formEngram([lesson], width, neurons, options)]);
    weight.forEach((value, n) => assert.ok(Math.abs(value - golden.learned![n]!) < 1e-5, `weight ${n}`));
  });
});
