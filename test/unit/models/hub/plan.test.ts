import assert from 'node:assert/strict';
import { planOf } from '../../../../src/models/hub/plan';

describe('the room that a conversion takes', () => {
  const convertedBytes = (weights: number): number => {
    const files = Object.entries({ 'config.json': 600, 'tokenizer.json': 7e6, 'model.safetensors': weights });
    const listing = files.map(([name, bytes]) => ({ name, bytes, digest: undefined }));
    return planOf({ commit: 'a', files: listing }, 'owner/name').convertedBytes;
  };

  it('is twice the weights of a small model, which may be widened to f32', () => {
    assert.equal(convertedBytes(10e6), 20e6);
  });

  it('is less than the weights of a large one, which become int4', () => {
    // By its shapes, Qwen2.5-1.5B of 3.09 GB takes 1.48 GB, and 0.06 GB in the side file.
    const room = convertedBytes(3.09e9);
    assert.ok(room > 1.54e9 && room < 3.09e9);
  });
});
