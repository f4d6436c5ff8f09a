import assert from 'node:assert/strict';
import { ggufBytes, ggufFile, type GgufTensor } from '../../../bench/speed/gguf';

describe('GGUF files', () => {
  const content = (length: number, value: number) => () => [new Uint8Array(length).fill(value)];
  const tensors: GgufTensor[] = [
    { name: 'norm', shape: [5], type: 'f32', content: content(20, 1) },
    { name: 'matrix', shape: [3, 64], type: 'q4_0', content: content(108, 2) },
  ];
  const file = Buffer.concat([...ggufFile({ name: { string: 'é' }, sizes: { int32s: [1, 2] } }, tensors)]);

  it('start with the magic, the version, and how many tensors and entries there are', () => {
    assert.equal(file.toString('latin1', 0, 4), 'GGUF');
    assert.equal(file.readUInt32LE(4), 3);
    assert.equal(file.readBigUInt64LE(8), 2n);
    assert.equal(file.readBigUInt64LE(16), 2n);
    assert.equal(file.readBigUInt64LE(24), 4n, 'length of the first key');
    assert.equal(file.readUInt32LE(36), 8, 'a string');
    assert.equal(file.readBigUInt64LE(40), 2n, 'bytes of é');
  });

  it('hold tensors at multiples of 32 bytes, four bits a number with a scale for 32', () => {
    assert.deepEqual(tensors.map(ggufBytes), [20, 108]);
    const name = file.indexOf('matrix');
    const [width, rows] = [file.readBigUInt64LE(name + 10), file.readBigUInt64LE(name + 18)];
    assert.deepEqual([width, rows], [64n, 3n], 'dimensions are in reverse');
    assert.equal(file.readUInt32LE(name + 26), 2, 'Q4_0');
    const offset = Number(file.readBigUInt64LE(name + 30));
    assert.equal(offset, 32);
    const begin = Math.ceil((name + 38) / 32) * 32;
    assert.deepEqual([file[begin], file[begin + 19], file[begin + 20]], [1, 1, 0]);
    assert.deepEqual([file[begin + offset], file[begin + offset + 107]], [2, 2]);
    assert.equal(file.length, begin + offset + 128);
  });
});
