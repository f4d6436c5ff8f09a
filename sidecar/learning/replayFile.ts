import * as z from 'zod';
import { bytesOf } from './engramFile';
import { seal, unseal } from './sealed';

/** What a replay wrote, by what it was made of: enough to have its weight again without replaying. */
export interface ReplayWrites {
  /** The model and its settings, hashed. */
  readonly basis: string;
  readonly ffn: number;
  /** Digests of the controls' engrams. */
  readonly controls: readonly string[];
  /** Ids and digests of the facts' engrams. */
  readonly facts: readonly (readonly [id: string, digest: string])[];
  /** What was written at each position of each engram, the controls' first; undefined where nothing was. */
  readonly writes: readonly (readonly (Float32Array | undefined)[])[];
}

/** A replay as it is kept. */
export interface SavedReplay extends ReplayWrites {
  /** Ids of facts that did not give their answers after it. */
  readonly forgotten: readonly string[];
}

const Header = z.object({
  format: z.literal('QFS1'),
  basis: z.string(),
  ffn: z.number().int().positive(),
  controls: z.array(z.string()),
  facts: z.array(z.tuple([z.string(), z.string()])),
  /** Of each engram, which positions have been written to. */
  written: z.array(z.array(z.boolean())),
  forgotten: z.array(z.string()),
});

/** Serialises a replay: length of the header (u32), header (JSON, padded to 4 bytes), rows (f32), sha256 of it all. */
export function encodeReplay({ basis, ffn, controls, facts, writes, forgotten }: SavedReplay): Buffer {
  const written = writes.map((rows) => rows.map((row) => row !== undefined));
  const json = Buffer.from(
    JSON.stringify({ format: 'QFS1', basis, ffn, controls, facts, written, forgotten }),
  );
  const header = Buffer.alloc(Math.ceil(json.length / 4) * 4, ' ');
  json.copy(header);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const rows = writes.flat().flatMap((row) => row ?? []);
  return seal(Buffer.concat([length, header, ...rows.map(bytesOf)]));
}

/** Reads a replay back; undefined when the bytes are not a whole one. */
export function decodeReplay(file: Buffer): SavedReplay | undefined {
  const body = unseal(file);
  if (!body || body.length < 4) return undefined;
  const start = 4 + body.readUInt32LE(0);
  const header = Header.safeParse(JSON.parse(body.toString('utf8', 4, start)));
  if (!header.success) return undefined;
  const { basis, ffn, controls, facts, written, forgotten } = header.data;
  const values = new Float32Array(new Uint8Array(body.subarray(start)).buffer);
  let at = 0;
  const writes = written.map((rows) =>
    rows.map((isWritten) => (isWritten ? values.subarray(at, (at += ffn)) : undefined)),
  );
  return { basis, ffn, controls, facts, writes, forgotten };
}
