import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Breath } from '../../../sidecar/learning/breath';
import type { MarginEngram } from '../../../sidecar/learning/engram';
import type { Trace } from '../../../sidecar/learning/rules';
import { sumLists, type Lists } from '../../../sidecar/learning/rules/kernel/kernel';
import { MarginRule } from '../../../sidecar/learning/rules/margin';
import { learnedRow } from '../../../sidecar/learning/rules/rows';
import { marginEngram } from './engrams';
import { FakeModel, random } from './fakeModel';

const { fround } = Math;

/** Lists of these lengths over `count` rows. */
function listsOf(lengths: readonly number[], count: number): Lists {
  const starts = Uint32Array.from([
    0,
    ...lengths.map((_, l) => lengths.slice(0, l + 1).reduce((a, b) => a + b)),
  ]);
  const values = random('values', starts.at(-1)!);
  return { starts, values, numbers: Uint32Array.from(values, (_, n) => (n * 7 + 3) % count) };
}

/** The same sums, one number at a time. */
function sumsOf(
  { starts, numbers, values }: Lists,
  rows: readonly Float32Array[],
  ffn: number,
): Float32Array[] {
  return Array.from({ length: starts.length - 1 }, (_, l) =>
    new Float32Array(ffn).map((_, i) => {
      let sum = 0;
      for (let n = starts[l]!; n < starts[l + 1]!; n++)
        sum = fround(sum + fround(values[n]! * rows[numbers[n]!]![i]!));
      return sum;
    }),
  );
}

function sums(lists: Lists, rows: readonly Float32Array[], ffn: number): Float32Array[] {
  const out = Array.from({ length: lists.starts.length - 1 }, () => new Float32Array(ffn).fill(NaN));
  sumLists(lists, rows, out);
  return out;
}

describe('kernel', () => {
  it('sums rows bit for bit as one number at a time, whatever their count and length', () => {
    const lengths = fc.array(fc.nat(9), { maxLength: 12 });
    fc.assert(
      fc.property(
        lengths,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 70 }),
        (lengths, count, ffn) => {
          const rows = Array.from({ length: count }, (_, n) => random(`row ${n}`, ffn));
          const lists = listsOf(lengths, count);
          assert.deepEqual(sums(lists, rows, ffn), sumsOf(lists, rows, ffn));
        },
      ),
    );
  });

  it('sums more than it has room for at a time', () => {
    const [count, ffn] = [6000, 325];
    const rows = Array.from({ length: count }, (_, n) => random(`row ${n % 10}`, ffn));
    const lists = listsOf([4000, 0, ...Array<number>(600).fill(3)], count);
    assert.deepEqual(sums(lists, rows, ffn), sumsOf(lists, rows, ffn));
  });

  it('sums nothing where there is nothing', () => {
    const none = { starts: Uint32Array.of(0), numbers: new Uint32Array(0), values: new Float32Array(0) };
    assert.deepEqual(sums(none, [], 8), []);
    assert.deepEqual(sums({ ...none, starts: Uint32Array.of(0, 0) }, [], 3), [new Float32Array(3)]);
  });
});

describe('kernel of a replay', () => {
  const model = new FakeModel();
  const [ffn, units, sweeps] = [50, 64, 5];
  const settings = { ...model.config.qf2.rule.margin, replay_sweeps: sweeps };
  const qf2 = { ...model.config.qf2, intermediate_size: ffn, expansion: { units, active: 8 } };
  const config = { ...model.config, qf2: { ...qf2, rule: { ...qf2.rule, margin: settings } } };
  const learned = { rows: new Float32Array(ffn), places: new Int32Array(units) };
  const rule = new MarginRule({ config, base: { ...model.base, learned } });
  const margin = fround(settings.replay_share * config.qf2.margin);
  const controlMargin = settings.control_margin * config.qf2.margin;

  /** What is written at each position, all neurons of one position after another. */
  function replayed(controls: readonly MarginEngram[], facts: readonly MarginEngram[]): Float32Array[] {
    const weight = new Float32Array(units * ffn);
    const writes = [...controls, ...facts].flatMap(({ t }) =>
      Array.from({ length: t }, () => new Float32Array(ffn)),
    );
    for (let sweep = 0; sweep < sweeps; sweep++) {
      let position = 0;
      for (const engram of [...controls, ...facts]) {
        const { active, index, value } = engram.codes;
        for (let row = 0; row < engram.t; row++, position++) {
          const signs = rule.signs(engram, row);
          for (let i = 0; i < ffn; i++) {
            const entries = Array.from({ length: active }, (_, n) => row * active + n);
            const read = entries.reduce(
              (sum, n) => fround(sum + fround(value[n]! * weight[index[n]! * ffn + i]!)),
              0,
            );
            const base = fround(engram.pre[row * ffn + i]! * engram.step);
            const least = controls.includes(engram) ? Math.min(Math.abs(base), controlMargin) : margin;
            const delta = fround(fround(signs[i]! * least) - fround(base + read));
            if (signs[i]! * delta <= fround(1e-3)) continue;
            writes[position]![i] = fround(writes[position]![i]! + delta);
            for (const n of entries) {
              const at = index[n]! * ffn + i;
              weight[at] = fround(weight[at]! + fround(value[n]! * delta));
            }
          }
        }
      }
    }
    return writes;
  }

  const writesOf = (traces: readonly Trace[]): Float32Array[] =>
    traces.flatMap(({ writes }) => writes.map((write) => write ?? new Float32Array(ffn)));

  for (const [controls, facts] of [
    [0, 1],
    [1, 0],
    [2, 5],
  ] as const) {
    it(`writes bit for bit as one number at a time: ${facts} facts, ${controls} controls`, async () => {
      const engrams = (name: string, count: number): MarginEngram[] =>
        Array.from({ length: count }, (_, n) => marginEngram(`${name} ${n}`, 1 + n, units, 8, ffn));
      const [some, others] = [engrams('control', controls), engrams('fact', facts)];
      const { traces, memory } = await rule.replay(some, others, new Breath());
      assert.deepEqual(writesOf(traces), replayed(some, others));
      const folded = rule.fold(traces);
      for (let unit = 0; unit < units; unit++) {
        assert.deepEqual(learnedRow(memory.learned, unit, ffn), learnedRow(folded.learned, unit, ffn));
      }
    });
  }

  it('is done where there is nothing to replay', async () => {
    const { traces, memory } = await rule.replay([], [], new Breath());
    assert.deepEqual(traces, []);
    assert.ok(memory.learned.places.every((place) => place === 0));
  });
});
