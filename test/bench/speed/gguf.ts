/** A value of a GGUF file's metadata. */
export type GgufValue =
  | { readonly uint32: number }
  | { readonly float32: number }
  | { readonly string: string }
  | { readonly strings: readonly string[] }
  | { readonly int32s: readonly number[] };

/** A tensor of a GGUF file. */
export interface GgufTensor {
  readonly name: string;
  /** Row-major, as elsewhere; the file holds it in reverse. */
  readonly shape: readonly number[];
  readonly type: keyof typeof TYPES;
  /** Its content, piece by piece; as many bytes as `ggufBytes` says. */
  readonly content: () => Iterable<Uint8Array>;
}

/** Numbers of the types in the file, with the bytes that so many numbers take. */
const TYPES = { f32: { id: 0, numbers: 1, bytes: 4 }, q4_0: { id: 2, numbers: 32, bytes: 18 } } as const;

const MAGIC = 0x46554747;
const VERSION = 3;
const ALIGNMENT = 32;
const UINT32 = 4;
const INT32 = 5;
const FLOAT32 = 6;
const STRING = 8;
const ARRAY = 9;

/** Bytes of a tensor's content. */
export function ggufBytes({ shape, type }: Pick<GgufTensor, 'shape' | 'type'>): number {
  const { numbers, bytes } = TYPES[type];
  return (shape.reduce((product, n) => product * n, 1) / numbers) * bytes;
}

/**
 * A GGUF file, piece by piece: header, metadata, where the tensors are, and their contents, each at a multiple of
 * 32 bytes (github.com/ggml-org/ggml, docs/gguf.md, version 3).
 */
export function* ggufFile(
  metadata: Readonly<Record<string, GgufValue>>,
  tensors: readonly GgufTensor[],
): Generator<Uint8Array, void, undefined> {
  const entries = Object.entries(metadata);
  const parts = [uint32(MAGIC), uint32(VERSION), uint64(tensors.length), uint64(entries.length)];
  for (const [key, value] of entries) parts.push(string(key), encoded(value));
  let offset = 0;
  for (const tensor of tensors) {
    const dims = [...tensor.shape].reverse().map(uint64);
    parts.push(
      string(tensor.name),
      uint32(dims.length),
      ...dims,
      uint32(TYPES[tensor.type].id),
      uint64(offset),
    );
    offset += aligned(ggufBytes(tensor));
  }
  const head = Buffer.concat(parts);
  yield head;
  yield padding(head.length);
  for (const tensor of tensors) {
    yield* tensor.content();
    yield padding(ggufBytes(tensor));
  }
}

function encoded(value: GgufValue): Buffer {
  if ('uint32' in value) return Buffer.concat([uint32(UINT32), uint32(value.uint32)]);
  if ('string' in value) return Buffer.concat([uint32(STRING), string(value.string)]);
  if ('float32' in value) {
    const number = Buffer.alloc(4);
    number.writeFloatLE(value.float32);
    return Buffer.concat([uint32(FLOAT32), number]);
  }
  const [type, items] =
    'strings' in value ? [STRING, value.strings.map(string)] : [INT32, value.int32s.map(uint32)];
  return Buffer.concat([uint32(ARRAY), uint32(type), uint64(items.length), ...items]);
}

function string(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([uint64(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

function padding(bytes: number): Buffer {
  return Buffer.alloc(aligned(bytes) - bytes);
}
