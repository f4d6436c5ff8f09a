import type { ModelConfig } from './config';

interface Layer {
  key: Float32Array;
  value: Float32Array;
}

const INITIAL_ROWS = 128;

/**
 * Keys and values of the tokens seen so far, one contiguous array [rows, kvHeads * headDim] a layer. Row 0 is a
 * dummy that the attention mask hides: it keeps the cached part from being empty, which ONNX Runtime's product
 * does not survive.
 */
export class KvCache {
  private readonly width: number;
  private readonly layers: Layer[];
  private capacity = INITIAL_ROWS;
  private tokens = 0;

  constructor(config: ModelConfig) {
    this.width = config.num_key_value_heads * config.head_dim;
    const size = this.capacity * this.width;
    this.layers = Array.from({ length: config.num_hidden_layers }, () => ({
      key: new Float32Array(size),
      value: new Float32Array(size),
    }));
  }

  /** Cached tokens. */
  get length(): number {
    return this.tokens;
  }

  /** Rows that the graph sees, the dummy included. */
  get rows(): number {
    return this.tokens + 1;
  }

  /** Views of the cached rows, not copies; valid until the next append. */
  views(): Layer[] {
    const end = this.rows * this.width;
    return this.layers.map(({ key, value }) => ({
      key: key.subarray(0, end),
      value: value.subarray(0, end),
    }));
  }

  /** Appends the rows of `count` new tokens, one entry a layer. */
  append(count: number, rows: readonly Layer[]): void {
    this.reserve(this.rows + count);
    const offset = this.rows * this.width;
    rows.forEach(({ key, value }, i) => {
      this.layers[i]?.key.set(key, offset);
      this.layers[i]?.value.set(value, offset);
    });
    this.tokens += count;
  }

  private reserve(rows: number): void {
    if (rows <= this.capacity) return;
    while (this.capacity < rows) this.capacity *= 2;
    const size = this.capacity * this.width;
    for (const layer of this.layers) {
      layer.key = grown(layer.key, size);
      layer.value = grown(layer.value, size);
    }
  }
}

function grown(array: Float32Array, size: number): Float32Array {
  const result = new Float32Array(size);
  result.set(array);
  return result;
}
