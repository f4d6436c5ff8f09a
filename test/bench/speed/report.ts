import { markdownTable } from '../report/markdown';
import type { Measured, Speed } from './compare';
import type { Format } from '../../../sidecar/convert/precision';
import type { ModelResult, SpeedResults } from './results';

/** The tables of docs/performance-results.md. */
export function markdownOf(results: SpeedResults): string {
  const sections = [
    machine(results),
    ...results.models.flatMap((model) => [
      heading(model),
      speeds(model, results),
      memory(model),
      cost(model),
    ]),
    shipped(results),
    accuracy(results),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function machine({
  machine: { processor, cores, node, onnxRuntime, nodeLlamaCpp },
  bandwidth,
}: SpeedResults): string {
  const read = bandwidth.map(
    ({ processes, bytesPerSecond }) => `${gigabytes(bytesPerSecond)} GB/s by ${processes}`,
  );
  return [
    `${processor}, ${cores} cores; Node ${node}, onnxruntime-node ${onnxRuntime}, ` +
      `${nodeLlamaCpp === undefined ? 'without node-llama-cpp' : `node-llama-cpp ${nodeLlamaCpp}`}.`,
    read.length === 0 ? '' : ` Memory read: ${read.join(', ')}.`,
  ].join('');
}

function heading({ shape, layers, format, conversion }: ModelResult): string {
  const { seconds, mostResidentMb } = conversion;
  return (
    `### ${shape}, ${layers} layers, ${nameOf(format)}\n\n` +
    `Converted in ${seconds.toFixed(1)} s, with at most ${mostResidentMb.toFixed(0)} MB resident.`
  );
}

function nameOf({ precision, block }: Format): string {
  return precision === 'int4' ? `int4 in blocks of ${block}` : precision;
}

/** Tokens a second, median (best). */
function speeds({ measured }: ModelResult, { bandwidth }: SpeedResults): string {
  const own = measured.filter(({ engine }) => engine === 'quickfire');
  const rows = own.flatMap((quickfire) => {
    const other = measured.find(
      ({ engine, threads }) => engine === 'llama.cpp' && threads === quickfire.threads,
    );
    const most = bandwidth.find(({ processes }) => processes === quickfire.threads)?.bytesPerSecond;
    return quickfire.speeds.flatMap((speed) => {
      const theirs = other?.speeds.find(({ context }) => context === speed.context);
      return [prefillRow(quickfire, speed, theirs), decodeRow(quickfire, speed, theirs, most)];
    });
  });
  if (rows.length === 0) return '';
  const columns = [
    'threads',
    'context',
    'tokens a second',
    'Quickfire',
    'llama.cpp',
    'ratio',
    'of memory read',
  ];
  return markdownTable(columns, rows);
}

function prefillRow({ threads }: Measured, own: Speed, other: Speed | undefined): (string | number)[] {
  const theirs = other ? `${rate(other.prefill)} (${rate(other.bestPrefill)})` : '–';
  const cells = [
    `${rate(own.prefill)} (${rate(own.bestPrefill)})`,
    theirs,
    ratio(own.prefill, other?.prefill),
  ];
  return [threads, own.context, 'prefill', ...cells, ''];
}

function decodeRow(
  { threads }: Measured,
  own: Speed,
  other: Speed | undefined,
  most: number | undefined,
): (string | number)[] {
  const theirs = other ? `${rate(other.decode)} (${rate(other.bestDecode)})` : '–';
  const share = (speed: Speed | undefined): string =>
    speed && most !== undefined ? `${Math.round((speed.decodeBytes / most) * 100)} %` : '–';
  const cells = [`${rate(own.decode)} (${rate(own.bestDecode)})`, theirs, ratio(own.decode, other?.decode)];
  return [threads, own.context, 'decode', ...cells, `${share(own)}, ${share(other)}`];
}

function memory({ measured }: ModelResult): string {
  if (measured.length === 0) return '';
  const rows = measured.map(({ engine, threads, residentMb, mostResidentMb }) => [
    engine,
    threads,
    Math.round(residentMb),
    Math.round(mostResidentMb),
  ]);
  return markdownTable(['engine', 'threads', 'resident MB', 'at most'], rows);
}

function cost({ learning }: ModelResult): string {
  if (!learning) return '';
  const { facts, teachMs, foldMs } = learning;
  const both = (name: string, none: number, many: number): string[] => [
    name,
    none.toFixed(1),
    many.toFixed(1),
    ratio(many, none),
  ];
  return markdownTable(
    ['measure', 'nothing taught', `${facts} facts`, 'ratio'],
    [
      ['teach a fact, ms', teachMs.toFixed(0), '', ''],
      ['fold, ms', '', foldMs.toFixed(0), ''],
      both('first token, ms', learning.firstTokenMs, learning.firstTokenMsWithFacts),
      both('whole answer, ms', learning.answerMs, learning.answerMsWithFacts),
      both('answer and its source, ms', learning.askMs, learning.askMsWithFacts),
    ],
  );
}

function shipped({ shipped: figures }: SpeedResults): string {
  if (!figures) return '';
  const rows = Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(2))]);
  return `### The shipped model\n\n${markdownTable(['measure', 'value'], rows)}`;
}

function accuracy({ accuracy: rows }: SpeedResults): string {
  if (!rows) return '';
  const cells = rows.map(({ format, controls, statements }) => [
    nameOf(format),
    controls.toFixed(4),
    statements.toFixed(4),
  ]);
  return `### Perplexity of the nano\n\n${markdownTable(['format', 'controls', 'answers it is told'], cells)}`;
}

function ratio(value: number, of: number | undefined): string {
  return of === undefined || of === 0 ? '–' : (value / of).toFixed(2);
}

function rate(tokensPerSecond: number): string {
  return tokensPerSecond < 1000 ? tokensPerSecond.toFixed(1) : tokensPerSecond.toFixed(0);
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}
