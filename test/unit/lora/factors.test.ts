import assert from 'node:assert/strict';
import { Breath } from '../../../sidecar/learning/breath';
import { factorsOf, type Write } from '../../../sidecar/lora/factors';
import { random } from '../learning/fakeModel';

/** A random write whose input is 0 but at these places. */
function write(name: string, inputs: number, outputs: number, places: readonly number[]): Write {
  const input = random(`input ${name}`, inputs).map((value, j) => (places.includes(j) ? value : 0));
  return { input: () => input, output: random(`output ${name}`, outputs) };
}

/** Some writes into a matrix [outputs, inputs]. */
function writes(count: number, inputs: number, outputs: number, places: readonly number[]): Write[] {
  return Array.from({ length: count }, (_, n) => write(String(n), inputs, outputs, places));
}

/** Asserts that factors have a rank and that their product is the sum of the writes. */
async function assertFactors(
  all: readonly Write[],
  inputs: number,
  outputs: number,
  rank: number,
): Promise<void> {
  const { a, b, rank: found } = await factorsOf(all, inputs, outputs, new Breath());
  assert.equal(found, rank);
  assert.deepEqual([a.length, b.length], [rank * inputs, outputs * rank]);
  for (let i = 0; i < outputs; i++) {
    for (let j = 0; j < inputs; j++) {
      const expected = all.reduce((sum, { input, output }) => sum + output[i]! * input()[j]!, 0);
      const product = Array.from({ length: rank }, (_, n) => b[i * rank + n]! * a[n * inputs + j]!);
      const actual = product.reduce((sum, value) => sum + value, 0);
      assert.ok(Math.abs(actual - expected) < 1e-5, `[${i}, ${j}] is ${actual}, not ${expected}`);
    }
  }
}

describe('factors of what was learned', () => {
  const everywhere = (inputs: number): number[] => Array.from({ length: inputs }, (_, j) => j);

  it('are the writes themselves where these are few', async () => {
    const all = writes(3, 12, 9, everywhere(12));
    await assertFactors(all, 12, 9, 3);
    const { a, b } = await factorsOf(all, 12, 9, new Breath());
    assert.deepEqual(a.subarray(12, 24), all[1]!.input());
    assert.deepEqual(
      b.filter((_, n) => n % 3 === 1),
      all[1]!.output,
    );
  });

  it('have no more rank than there are inputs in use', () =>
    assertFactors(writes(9, 12, 9, [2, 3, 11]), 12, 9, 3));

  it('have no more rank than there are outputs', () =>
    assertFactors(writes(9, 12, 4, everywhere(12)), 12, 4, 4));
});
