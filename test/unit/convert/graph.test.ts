import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GraphBuilder } from '../../../sidecar/onnx/graphBuilder';
import { encodeModel, type TensorProto } from '../../../sidecar/onnx/onnxProto';
import { ropeTables } from '../../../sidecar/convert/rope';
import { WeightsWriter } from '../../../sidecar/convert/weightsWriter';
import { loadRuntime } from '../../../sidecar/engine/runtime';

describe('ONNX writer', () => {
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'quickfire-onnx-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const field = (tensor: TensorProto, key: string): number =>
    Number(tensor.external_data?.find((entry) => entry.key === key)?.value);

  it('keeps small tensors in the graph and aligns large ones in the data file', async () => {
    const path = join(dir, 'm.data');
    const writer = await WeightsWriter.create(path, 'm.data');
    const small = await writer.add('small', [2], Float32Array.of(1, 2));
    const first = await writer.add('first', [20_000], new Float32Array(20_000));
    const second = await writer.add('second', [2, 10_000], new Float32Array(20_000));
    await writer.close();
    assert.equal(small.external_data, undefined);
    assert.deepEqual([field(first, 'offset'), field(first, 'length')], [0, 80_000]);
    assert.deepEqual([field(second, 'offset'), field(second, 'length')], [131_072, 80_000]);
    assert.equal(writer.size, 211_072);
    assert.equal((await stat(path)).size, 211_072);
  });

  it('hashes all tensors', async () => {
    const digest = async (...values: number[]): Promise<string> => {
      const writer = await WeightsWriter.create(join(dir, 'm.data'), 'm.data');
      await writer.add('x', [values.length], Float32Array.from(values));
      await writer.close();
      return writer.digest();
    };
    assert.equal(await digest(1, 2), await digest(1, 2));
    assert.notEqual(await digest(1, 2), await digest(1, 3));
  });

  it('writes a graph that ONNX Runtime computes', async () => {
    const size = 200;
    const weight = Float32Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 2 : 0));
    const writer = await WeightsWriter.create(join(dir, 'm.data'), 'm.data');
    const g = new GraphBuilder();
    g.input('x', 'float', ['S', size]);
    g.output('y', 'float', ['S', size]);
    const w = g.initializer(await writer.add('w', [size, size], weight));
    const doubled = g.node('Gemm', 'doubled', ['x', w], { attributes: { transB: { int: 1 } } });
    const flat = g.node('Reshape', 'flat', [doubled, g.ints(-1, size)]);
    g.node('Mul', 'y', [flat, g.scalar('half', 0.5)]);
    await writer.close();
    await writeFile(join(dir, 'm.onnx'), encodeModel(g.build()));

    const { InferenceSession, Tensor } = await loadRuntime();
    const session = await InferenceSession.create(join(dir, 'm.onnx'));
    const x = Float32Array.from({ length: 3 * size }, (_, i) => i);
    const { y } = await session.run({ x: new Tensor('float32', x, [3, size]) });
    assert.deepEqual(y?.data, x);
    await session.release();
  });

  it('refers to what lies beyond 2 GiB of the data file', async () => {
    const size = 200;
    const writer = await WeightsWriter.create(join(dir, 'm.data'), 'm.data');
    // Room that is never filled takes no space on disk.
    writer.open('gap', 'uint8', [2 ** 31 + 1]);
    const ones = await writer.add('ones', [size, size], new Float32Array(size * size).fill(1));
    await writer.close();
    assert.equal(field(ones, 'offset'), 2 ** 31 + 65_536);
    assert.equal((await stat(join(dir, 'm.data'))).size, writer.size);
    const g = new GraphBuilder();
    g.input('x', 'float', ['S', size]);
    g.output('y', 'float', ['S', size]);
    g.node('Gemm', 'y', ['x', g.initializer(ones)]);
    await writeFile(join(dir, 'm.onnx'), encodeModel(g.build()));

    const { InferenceSession, Tensor } = await loadRuntime();
    const session = await InferenceSession.create(join(dir, 'm.onnx'));
    const { y } = await session.run({
      x: new Tensor('float32', new Float32Array(size).fill(0.5), [1, size]),
    });
    assert.deepEqual(y?.data, new Float32Array(size).fill(size / 2));
    await session.release();
  });

  it('refuses what is no graph', () => {
    const graph = new GraphBuilder().build();
    assert.throws(() => encodeModel({ ...graph, name: 1 as unknown as string }), /ONNX graph: graph\.name/);
  });
});

describe('rotary tables', () => {
  it('hold the angle of each position and frequency', () => {
    const { cos, sin } = ropeTables(3, 4, 10_000);
    assert.equal(cos[0], 1);
    assert.ok(Math.abs((sin[2 * 2] ?? 0) - Math.sin(2)) < 1e-7);
    assert.ok(Math.abs((cos[2 * 2 + 1] ?? 0) - Math.cos(0.02)) < 1e-7);
  });
});
