import assert from 'node:assert/strict';
import { ModelError } from '../../../sidecar/engine/errors';
import { runtimeError, runtimeReason } from '../../../sidecar/engine/runtimeError';

describe('reasons that ONNX Runtime gives', () => {
  for (const [message, reason] of [
    [
      '/onnxruntime_src/onnxruntime/core/providers/webgpu/webgpu_context.cc:136 onnxruntime::webgpu::WebGpuContext::' +
        'Initialize(const onnxruntime::webgpu::WebGpuContextConfig&)::<lambda()> adapter_result.status == ' +
        'wgpu::RequestAdapterStatus::Success was false. Failed to get a WebGPU adapter: No supported adapters\n',
      'Failed to get a WebGPU adapter: No supported adapters',
    ],
    [
      "Non-zero status code returned while running Gather node. Name:'embedded.half' Status Message: " +
        'shader_helper.cc:416 GenerateSourceCode Program Gather requires f16 but the device does not support it.',
      'Program Gather requires f16 but the device does not support it.',
    ],
    [
      'OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library',
      'OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library',
    ],
  ] as const) {
    it(`are said without its sources: ${reason}`, () => {
      assert.equal(runtimeReason(new Error(message)), reason);
    });
  }

  for (const message of [
    'std::bad_alloc',
    'bad allocation',
    'Failed to allocate memory for requested buffer of size 123',
    'CUDA failure 2: out of memory',
    'Array buffer allocation failed',
  ]) {
    it(`tell of too little memory: ${message}`, () => {
      const error = runtimeError(new Error(message), 'It is damaged');
      assert.ok(error instanceof ModelError);
      assert.match(error.message, /^There is not enough memory for this model\. Close .* smaller model\./);
      assert.ok(error.message.includes(message));
    });
  }

  it('are put behind what is wrong otherwise', () => {
    assert.equal(runtimeError(new Error('No graph'), 'It is damaged').message, 'It is damaged: No graph');
  });
});
