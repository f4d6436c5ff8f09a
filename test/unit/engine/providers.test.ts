import assert from 'node:assert/strict';
import { gpuProviders, GPU_WIDTH } from '../../../sidecar/engine/providers';

describe('execution providers', () => {
  const linux = ['cpu', 'webgpu', 'cuda', 'tensorrt'];

  it('are tried best first, those that ONNX Runtime was built with', () => {
    assert.deepEqual(gpuProviders('auto', GPU_WIDTH, linux), ['cuda', 'webgpu']);
    assert.deepEqual(gpuProviders('auto', 1536, ['cpu', 'dml', 'webgpu']), ['webgpu', 'dml']);
    assert.deepEqual(gpuProviders('auto', 1536, ['coreml', 'cpu', 'webgpu']), ['webgpu', 'coreml']);
  });

  it('are the CPU alone for a small model, unless another is wished', () => {
    assert.deepEqual(gpuProviders('auto', GPU_WIDTH - 1, linux), []);
    assert.deepEqual(gpuProviders('webgpu', 192, linux), ['webgpu']);
    assert.deepEqual(gpuProviders('dml', 1536, linux), ['dml']);
    assert.deepEqual(gpuProviders('cpu', 1536, linux), []);
  });
});
