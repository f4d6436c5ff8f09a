/** The names on which converter and engine agree: files of a converted model, inputs and outputs of its graphs. */

export const files = {
  config: 'config.json',
  tokenizer: 'tokenizer.json',
  /** Questions whose answers learning must leave alone; optional. */
  controls: 'controls.json',
  /** The graph whose cached keys and values are JavaScript's, ... */
  graph: 'model.onnx',
  /** ... the one whose stay on the GPU, ... */
  deviceGraph: 'model.device.onnx',
  /** ... and the weights of both. */
  weights: 'model.onnx.data',
  /** Base weight of the QF2 layer, and the model's identity in the header's metadata. */
  qf2: 'qf2.safetensors',
} as const;

/** S new tokens, P cached ones (on the host one dummy row included), T = P + S, A asked positions. */
export const inputs = {
  /** int32 [S]. */
  tokens: 'input_ids',
  /** int64 [1]: position of the first new token. */
  start: 'position_start',
  /** int32 [A], A > 0: the new tokens (0 to S-1) at which logits, key, code and pre are wanted. */
  asked: 'positions_out',
  /** f32 [S, T], added to the attention scores. */
  mask: 'attention_mask',
  /** f32 [ffn, d]. */
  weight: 'qf2.weight',
  /** f32 [R, ffn]: the learned rows, ... */
  learned: 'qf2.learned',
  /** ... and int32 [units]: which of them is each unit's. */
  places: 'qf2.places',
  /** f32 [P, kv_heads, head_dim], P > 0; on the device [kv_heads, head_dim, P] and [kv_heads, P, head_dim]. */
  pastKey: (layer: number) => `past_key.${layer}`,
  pastValue: (layer: number) => `past_value.${layer}`,
} as const;

export const outputs = {
  /** f32 [A, vocab]. */
  logits: 'logits',
  /** f32 [A, d]. */
  key: 'qf2.key',
  /** f32 [A, ffn]. */
  pre: 'qf2.pre',
  /** The key's sparse code: int32 [A, active], strongest unit first, ... */
  codeIndex: 'qf2.code.index',
  /** ... and f32 [A, active]. */
  codeValue: 'qf2.code.value',
  /** On the host: f32 [S, kv_heads, head_dim]. */
  newKey: (layer: number) => `new_key.${layer}`,
  newValue: (layer: number) => `new_value.${layer}`,
  /** On the device: cached and new ones, f32 [kv_heads, head_dim, T] and [kv_heads, T, head_dim]. */
  presentKey: (layer: number) => `present_key.${layer}`,
  presentValue: (layer: number) => `present_value.${layer}`,
} as const;

/** Name of the tensor that the side file carries. */
export const baseTensor = 'qf2.weight';
