import { draw, randomOf } from '../../../sidecar/random';
import type { Memory } from '../../../sidecar/engine/types';
import { consolidate } from '../../../sidecar/learning/consolidate';
import { Learner } from '../../../sidecar/learning/learner';
import type { Learnable } from '../../../sidecar/learning/record';
import { learnedRow } from '../../../sidecar/learning/rules/rows';
import { learnable } from '../data';
import { progress } from '../progress';
import type { Bench } from './bench';
import type { ExactnessRow } from './rows';

const STEPS = 10;

/** Compares weights that were reached in different ways. */
export async function runExactness(bench: Bench): Promise<void> {
  const { options, dataset, results } = bench;
  for (const size of options.facts.filter((facts) => facts > 1 && facts <= dataset.items.length)) {
    for (const consolidated of [false, true]) {
      const random = randomOf(options.seed * 10_007 + size);
      const row: ExactnessRow = {
        key: `${size} ${consolidated ? 'consolidated' : 'at once'}`,
        facts: size,
        consolidated,
        order: { yes: 0, of: 0 },
        deletion: { yes: 0, of: 0 },
      };
      for (let n = 0; n < options.draws; n++) {
        const { order, deletion } = await compare(
          bench,
          draw(dataset.items, size, random).map(learnable),
          consolidated,
        );
        row.order = { yes: row.order.yes + Number(order), of: n + 1 };
        row.deletion = { yes: row.deletion.yes + Number(deletion), of: n + 1 };
      }
      await results.put('exactness', row);
      progress(`exactness: ${row.key}`);
    }
  }
}

async function compare(
  { untaught, cache }: Bench,
  facts: readonly Learnable[],
  consolidated: boolean,
): Promise<{ order: boolean; deletion: boolean }> {
  const half = facts.slice(0, Math.ceil(facts.length / 2));
  const fresh = (): Learner => new Learner(untaught.model, 'margin', cache);
  const settle = async (learner: Learner): Promise<void> => {
    if (consolidated) await consolidate(learner);
  };
  const [all, stepwise, never] = [fresh(), fresh(), fresh()];
  const ffn = untaught.model.config.qf2.intermediate_size;

  await all.sync(facts);
  await settle(all);
  const backwards = [...facts].reverse();
  for (let step = 1; step <= STEPS; step++) {
    await stepwise.sync(backwards.slice(0, Math.ceil((facts.length * step) / STEPS)));
  }
  await settle(stepwise);
  const order = sameBits(all.memory, stepwise.memory, ffn);

  await all.sync(half);
  await never.sync(half);
  const atOnce = sameBits(all.memory, never.memory, ffn);
  await settle(all);
  await settle(never);
  return { order, deletion: atOnce && sameBits(all.memory, never.memory, ffn) };
}

/** @param ffn neurons of the layer */
function sameBits(a: Memory, b: Memory, ffn: number): boolean {
  const rows = [...a.learned.places.keys()].every((unit) =>
    sameBytes(learnedRow(a.learned, unit, ffn), learnedRow(b.learned, unit, ffn)),
  );
  return rows && sameBytes(a.weight, b.weight);
}

function sameBytes(a: Float32Array, b: Float32Array): boolean {
  const bytes = ({ buffer, byteOffset, byteLength }: Float32Array): Buffer =>
    Buffer.from(buffer, byteOffset, byteLength);
  return bytes(a).equals(bytes(b));
}
