import assert from 'node:assert/strict';
import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSafetensors } from '../../../sidecar/convert/safetensorsWriter';
import { ModelError } from '../../../sidecar/engine/errors';
import { SafetensorsFile } from '../../../sidecar/engine/safetensors';

describe('safetensors', () => {
  let dir: string;
  let path: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'quickfire-safetensors-'));
    path = join(dir, 'model.safetensors');
  });
  afterEach(() => rm(dir, { recursive: true }));

  /** Writes a file from its parts, which need not fit each other. */
  async function writeRaw(header: string | object, data: Uint8Array, headerLength?: number): Promise<void> {
    const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
    const prefix = Buffer.alloc(8);
    prefix.writeBigUInt64LE(BigInt(headerLength ?? text.length));
    await writeFile(path, [prefix, text, data]);
  }

  /** Opens the file, reads its tensor `x` and closes it. */
  async function readX(...shape: number[]): Promise<number[]> {
    const file = await SafetensorsFile.open(path);
    try {
      return [...(await file.read('x', shape))];
    } finally {
      await file.close();
    }
  }

  const rejects = (pattern: RegExp, ...shape: number[]): Promise<void> =>
    assert.rejects(readX(...shape), (error) => error instanceof ModelError && pattern.test(error.message));

  it('reads what the writer wrote', async () => {
    const tensors = {
      x: { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 1e-30, 5, 6) },
      y: { shape: [1], data: Float32Array.of(7) },
    };
    await writeSafetensors(path, tensors, { id: 'abc' });
    const file = await SafetensorsFile.open(path);
    assert.deepEqual(await file.read('x', [2, 3]), tensors.x.data);
    assert.deepEqual(await file.read('y', [1]), tensors.y.data);
    assert.deepEqual(file.metadata, { id: 'abc' });
    await file.close();
  });

  it('widens bf16 and f16', async () => {
    const bfloat = Uint16Array.of(0x3f80, 0xc000, 0x7f80, 0x0000);
    await writeRaw({ x: { dtype: 'BF16', shape: [4], data_offsets: [0, 8] } }, new Uint8Array(bfloat.buffer));
    assert.deepEqual(await readX(4), [1, -2, Infinity, 0]);
    const half = Uint16Array.of(0x3c00, 0x3555);
    await writeRaw({ x: { dtype: 'F16', shape: [2], data_offsets: [0, 4] } }, new Uint8Array(half.buffer));
    assert.deepEqual(await readX(2), [1, 0.333251953125]);
  });

  it('reads whole rows at a time', async () => {
    const data = Float32Array.from({ length: 15 }, (_, i) => i);
    await writeSafetensors(path, { x: { shape: [5, 3], data } });
    const file = await SafetensorsFile.open(path);
    const lengths = async (elements: number): Promise<number[]> => {
      const chunks: Float32Array[] = [];
      for await (const chunk of file.chunks('x', [5, 3], elements)) chunks.push(chunk);
      assert.deepEqual(
        chunks.flatMap((chunk) => [...chunk]),
        [...data],
      );
      return chunks.map(({ length }) => length);
    };
    assert.deepEqual(await lengths(7), [6, 6, 3]);
    assert.deepEqual(await lengths(1), [3, 3, 3, 3, 3]);
    assert.deepEqual(await lengths(100), [15]);
    await assert.rejects(file.chunks('y', [1], 7).next(), /no tensor "y"/);
    await file.close();
  });

  it('reads beyond 4 GiB of a file', async () => {
    const gap = 2 ** 32 + 8;
    const header = {
      gap: { dtype: 'U8', shape: [gap], data_offsets: [0, gap] },
      x: { dtype: 'F32', shape: [2], data_offsets: [gap, gap + 8] },
    };
    await writeRaw(header, new Uint8Array(0));
    const { size } = await stat(path);
    // A hole takes no space on disk.
    const handle = await open(path, 'r+');
    await handle.write(new Uint8Array(Float32Array.of(3, 4).buffer), 0, 8, size + gap);
    await handle.close();
    assert.deepEqual(await readX(2), [3, 4]);
  });

  it('names a missing file', () => rejects(/model\.safetensors cannot be read/));

  it('refuses a file cut in its data, its header or its first bytes', async () => {
    await writeSafetensors(path, { x: { shape: [4], data: new Float32Array(4) } });
    const whole = await readFile(path);
    await writeFile(path, whole.subarray(0, -1));
    await rejects(new RegExp(`truncated: ${whole.length - 1} bytes of ${whole.length}`), 4);
    await writeFile(path, whole.subarray(0, 20));
    await rejects(/truncated: 20 bytes/, 4);
    await writeFile(path, whole.subarray(0, 5));
    await rejects(/not a safetensors file/, 4);
  });

  it('refuses a header that is no header', async () => {
    await writeRaw('{"x":', new Uint8Array(4));
    await rejects(/header is invalid/);
    await writeRaw('[]', new Uint8Array(0));
    await rejects(/header is invalid/);
    await writeRaw({ x: { dtype: 'F32' } }, new Uint8Array(4));
    await rejects(/header is invalid/);
    await writeRaw('version https://git-lfs.github.com/spec/v1', new Uint8Array(0), 2 ** 40);
    await rejects(/not a safetensors file/);
  });

  it('refuses offsets that do not hold the shape', async () => {
    await writeRaw({ x: { dtype: 'F32', shape: [2], data_offsets: [0, 4] } }, new Uint8Array(8));
    await rejects(/4 bytes do not hold F32 \[2\]/, 2);
    await writeRaw({ x: { dtype: 'I8', shape: [2], data_offsets: [4, 0] } }, new Uint8Array(8));
    await rejects(/header is invalid/, 2);
  });

  it('names a missing tensor, another shape, and a type that is no float', async () => {
    await writeSafetensors(path, { y: { shape: [1], data: new Float32Array(1) } });
    await rejects(/no tensor "x"/, 1);
    await writeSafetensors(path, { x: { shape: [2, 3], data: new Float32Array(6) } });
    await rejects(/"x" has shape \[2, 3\], expected \[3, 2\]/, 3, 2);
    await writeRaw({ x: { dtype: 'I64', shape: [1], data_offsets: [0, 8] } }, new Uint8Array(8));
    await rejects(/type I64/, 1);
  });
});
