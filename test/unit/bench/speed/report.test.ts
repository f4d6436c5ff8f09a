import assert from 'node:assert/strict';
import type { Measured } from '../../../bench/speed/compare';
import { markdownOf } from '../../../bench/speed/report';
import type { SpeedResults } from '../../../bench/speed/results';

describe('the tables of bench:speed', () => {
  const measured = (engine: Measured['engine'], prefill: number, decode: number): Measured => ({
    engine,
    threads: 2,
    residentMb: 100,
    mostResidentMb: 120,
    speeds: [
      { context: 64, prefill, bestPrefill: prefill, decode, bestDecode: decode, decodeBytes: decode * 1e8 },
    ],
  });
  const results = (engines: readonly Measured[]): SpeedResults => ({
    machine: { processor: 'CPU', cores: 2, node: 'v20', onnxRuntime: '1.30.0', nodeLlamaCpp: undefined },
    bandwidth: [{ processes: 2, bytesPerSecond: 1e10 }],
    models: [
      {
        shape: 'nano',
        layers: 5,
        format: { precision: 'int4', block: 32 },
        conversion: { seconds: 1, mostResidentMb: 200 },
        measured: engines,
      },
    ],
  });
  const cells = (text: string, row: RegExp): string[] =>
    (text.split('\n').find((line) => row.test(line)) ?? '').split('|').map((cell) => cell.trim());

  it('set the engines side by side, with the ratio and the share of the memory read', () => {
    const text = markdownOf(results([measured('quickfire', 300, 40), measured('llama.cpp', 200, 50)]));
    assert.match(
      text,
      /### nano, 5 layers, int4 in blocks of 32\n\nConverted in 1\.0 s, with at most 200 MB/,
    );
    assert.deepEqual(cells(text, /prefill/).slice(4, 7), ['300.0 (300.0)', '200.0 (200.0)', '1.50']);
    assert.deepEqual(cells(text, /decode/).slice(4, 8), ['40.0 (40.0)', '50.0 (50.0)', '0.80', '40 %, 50 %']);
    assert.match(text, /\| llama\.cpp +\| 2 +\| 100 +\| 120 +\|/);
  });

  it('do without llama.cpp', () => {
    const text = markdownOf(results([measured('quickfire', 300, 40)]));
    assert.match(text, /without node-llama-cpp/);
    assert.deepEqual(cells(text, /decode/).slice(4, 8), ['40.0 (40.0)', '–', '–', '40 %, –']);
  });
});
