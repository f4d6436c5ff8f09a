import assert from 'node:assert/strict';
import {
  blocksOf,
  quantize,
  type BlockBits,
  type Blocks,
  type BlockSize,
} from '../../../sidecar/convert/blocks';

/** The numbers that blocks stand for. */
function dequantize({ packed, scales }: Blocks, width: number, bits: BlockBits, block: BlockSize): number[] {
  const zero = 2 ** (bits - 1);
  const rowBlocks = blocksOf(width, block);
  const values: number[] = [];
  for (let i = 0; i < scales.length * block; i++) {
    if ((Math.floor(i / block) % rowBlocks) * block + (i % block) >= width) continue;
    const byte = packed[bits === 8 ? i : i >> 1]!;
    const value = bits === 8 ? byte : i % 2 === 0 ? byte & 15 : byte >> 4;
    values.push((value - zero) * scales[Math.floor(i / block)]!);
  }
  return values;
}

const BLOCK = 32;

describe('quantized blocks', () => {
  for (const [bits, block] of [
    [4, 32],
    [8, 32],
    [4, 128],
  ] as const) {
    it(`of ${block} keep each number to half a step, and the largest of each, in ${bits} bits`, () => {
      const width = 2.5 * block;
      const rows = Float32Array.from({ length: 3 * width }, (_, i) => Math.sin(i * i) * (1 + (i % 7)));
      const blocks = quantize(rows, width, bits, block);
      assert.equal(blocks.scales.length, 3 * 3);
      assert.equal(blocks.packed.length, (3 * 3 * block * bits) / 8);
      const restored = dequantize(blocks, width, bits, block);
      assert.equal(restored.length, rows.length);
      rows.forEach((value, i) => {
        const scale = blocks.scales[Math.floor(i / width) * 3 + Math.floor((i % width) / block)]!;
        const step = Math.abs(scale);
        // Only the outermost level on the side of the smaller extreme is missing.
        const clipped = Math.max(0, value / scale - (2 ** (bits - 1) - 1)) * step;
        assert.ok(Math.abs(restored[i]! - value) <= Math.max(step / 2, clipped) * 1.001, `number ${i}`);
      });
      for (let row = 0; row < 3; row++) {
        for (let begin = row * width; begin < (row + 1) * width; begin += block) {
          const end = Math.min(begin + block, (row + 1) * width);
          const sizes = [...rows.subarray(begin, end)].map(Math.abs);
          const largest = begin + sizes.indexOf(Math.max(...sizes));
          assert.ok(Math.abs(restored[largest]! - rows[largest]!) < 1e-6 * sizes[largest - begin]! + 1e-7);
        }
      }
    });
  }

  it('put the first of two numbers into the lower half of a byte', () => {
    const { packed, scales } = quantize(
      Float32Array.from({ length: BLOCK }, (_, i) => i - 8),
      BLOCK,
      4,
      BLOCK,
    );
    assert.ok(Math.abs(scales[0]! - 23 / -8) < 1e-6);
    assert.equal(packed[BLOCK / 2 - 1]! >> 4, 0, 'the last number, the largest');
    const steps = quantize(
      Float32Array.from({ length: BLOCK }, (_, i) => (i % 16) - 8),
      BLOCK,
      4,
      BLOCK,
    );
    assert.deepEqual([...steps.packed.subarray(0, 8)], [0x10, 0x32, 0x54, 0x76, 0x98, 0xba, 0xdc, 0xfe]);
  });

  it('keep zeros, also where a block is filled up', () => {
    const { packed, scales } = quantize(new Float32Array(8), 8, 4, BLOCK);
    assert.deepEqual([...packed], new Array(BLOCK / 2).fill(0x88));
    assert.ok(scales.length === 1 && scales[0] === 0);
  });
});
