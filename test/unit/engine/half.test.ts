import assert from 'node:assert/strict';
import { bfloatToFloat, floatToHalf, halfToFloat } from '../../../sidecar/engine/half';

describe('half precision', () => {
  it('widens and rounds back every finite number', () => {
    const finite = Uint16Array.from({ length: 65_536 }, (_, bits) => bits).filter(
      (bits) => (bits & 0x7c00) !== 0x7c00,
    );
    assert.deepEqual(floatToHalf(halfToFloat(finite)), finite);
    assert.deepEqual(
      [...halfToFloat(Uint16Array.of(0x3c00, 0xc000, 0x0001, 0xfc00))],
      [1, -2, 2 ** -24, -Infinity],
    );
  });

  it('rounds to the nearest, of two to the even one', () => {
    const rounded = (value: number): number => halfToFloat(floatToHalf(Float32Array.of(value)))[0] ?? NaN;
    assert.equal(rounded(1 + 2 ** -11), 1);
    assert.equal(rounded(1 + 2 ** -11 + 2 ** -20), 1 + 2 ** -10);
    assert.equal(rounded(1 + 3 * 2 ** -11), 1 + 2 ** -9);
    assert.equal(rounded(2 - 2 ** -12), 2);
    assert.equal(rounded(2 ** -25), 0);
    assert.equal(rounded(-3 * 2 ** -25), -(2 ** -23));
    assert.equal(rounded(2 ** -14 - 2 ** -26), 2 ** -14);
  });

  it('takes the largest number for what is larger', () => {
    const large = floatToHalf(Float32Array.of(65_503, 65_519, 1e6, -Infinity));
    assert.deepEqual([...halfToFloat(large)], [65_504, 65_504, 65_504, -65_504]);
  });

  it('widens bf16', () => {
    assert.deepEqual([...bfloatToFloat(Uint16Array.of(0x3f80, 0xc000, 0x7f80, 0))], [1, -2, Infinity, 0]);
  });
});
