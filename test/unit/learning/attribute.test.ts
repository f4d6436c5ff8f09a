import assert from 'node:assert/strict';
import type { Memory } from '../../../sidecar/engine/types';
import { attribute } from '../../../sidecar/learning/attribute';
import type { Rule, Trace } from '../../../sidecar/learning/rules';

const FFN = 100;

/** One fact: how much it overlaps with the answer's position, and which neurons it turns there. */
interface Fact {
  overlap: number;
  turns: readonly [number, number];
}

/** The source of an answer of one position, where learning moves each neuron by what the facts write. */
function sourceOf(facts: Record<string, Fact>): ReturnType<typeof attribute> {
  const write = ({ turns: [from, to] }: Fact): Float32Array =>
    new Float32Array(FFN).map((_, i) => (i >= from && i < to ? 4 : 0));
  const read = new Float32Array(FFN).map((_, i) =>
    Object.values(facts).reduce((sum, fact) => sum + fact.overlap * (write(fact)[i] ?? 0), 0),
  );
  const traces = Object.entries(facts).map(([id, fact]): [string, Trace] => [
    id,
    { engram: fact as unknown as Trace['engram'], writes: [write(fact)] },
  ]);
  const rule = {
    probe: () => new Float32Array(),
    read: () => read,
    overlap: (engram: unknown) => (engram as Fact).overlap,
  } as unknown as Rule;
  const seen = {
    keys: new Float32Array(),
    codes: { active: 1, index: new Uint16Array(1), value: new Float32Array(1) },
    pre: read.map((value) => value - 0.1),
  };
  return attribute(rule, seen, new Map(traces), {} as Memory);
}

describe('the source of an answer', () => {
  it('is the fact that was taught in these words, whatever others turn as well', () => {
    const { fired, support } = sourceOf({
      a: { overlap: 1, turns: [0, 40] },
      b: { overlap: 0.3, turns: [30, 70] },
    });
    assert.equal(support, 1);
    assert.equal(fired[0]?.factId, 'a');
  });

  it('is supported the more, the closer the fact is and the more it does alone', () => {
    const alone = sourceOf({ a: { overlap: 0.6, turns: [0, 40] } }).support;
    const farther = sourceOf({ a: { overlap: 0.5, turns: [0, 40] } }).support;
    const many = sourceOf(
      Object.fromEntries(
        Array.from({ length: 9 }, (_, n) => [
          `f${n}`,
          { overlap: 0.6, turns: [n * 10, n * 10 + 10] as const },
        ]),
      ),
    ).support;
    assert.ok(Math.abs(alone - 0.6) < 1e-6, `${alone}`);
    assert.ok(Math.abs(farther - 0.5) < 1e-6, `${farther}`);
    assert.ok(Math.abs(many - 0.6 * (1 / 9) ** 0.25) < 1e-6, `${many}`);
  });

  it('is learning only where more than a few neurons turn', () => {
    const few = sourceOf({ a: { overlap: 0.5, turns: [0, 1] } });
    assert.deepEqual([few.isLearned, few.support, few.fired], [false, 1, []]);
    assert.equal(sourceOf({ a: { overlap: 0.5, turns: [0, 2] } }).isLearned, true);
  });
});
