import { Resvg } from '@resvg/resvg-js';
import type { TopLevelSpec } from 'vega-lite';

/** A share with its interval. */
export interface Point {
  series: string;
  x: number;
  y: number;
  low: number;
  high: number;
}

export interface Chart {
  /** Drawn side by side, on the same axes. */
  panels: readonly { title: string; points: readonly Point[] }[];
  /** Title of the horizontal axis. */
  x: string;
  /** Whether the horizontal axis is logarithmic. */
  log: boolean;
  /** Names of the series, in the order of the legend. */
  series: readonly string[];
}

/** Okabe and Ito's colours, which colour-blind people can tell apart; shapes tell the series apart as well. */
const COLOURS = ['#0072B2', '#D55E00', '#009E73', '#000000', '#CC79A7', '#E69F00', '#56B4E9'];
const SHAPES = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down', 'triangle-left'];
const FONT = 'DejaVu Sans';

/** Draws lines with interval bars, on white, as a PNG of twice the usual resolution. */
export async function chart(chart: Chart): Promise<Uint8Array> {
  // Modules with a top-level await, which a static import that tsx turns into require cannot load.
  const [{ parse, View }, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const view = new View(parse(compile(specOf(chart)).spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  const fontFiles = [require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')];
  const font = { fontFiles, loadSystemFonts: false, defaultFontFamily: FONT };
  return new Resvg(svg, { font, background: 'white', fitTo: { mode: 'zoom', value: 2 } }).render().asPng();
}

function specOf({ panels, x, log, series }: Chart): TopLevelSpec {
  return {
    config: {
      font: FONT,
      background: 'white',
      axis: { labelFontSize: 11, titleFontSize: 12, titleFontWeight: 'normal' },
    },
    hconcat: panels.map(({ title, points }) => ({
      title: { text: title, fontSize: 13, fontWeight: 'normal' },
      width: 260,
      height: 220,
      data: { values: points.map((point) => ({ ...point })) },
      encoding: {
        x: {
          field: 'x',
          type: 'quantitative',
          title: x,
          scale: log ? { type: 'log' } : {},
          axis: log
            ? { values: [1, 3, 10, 30, 100, 300, 1000], format: 'd', labelFlush: false }
            : { tickMinStep: 1 },
        },
        color: {
          field: 'series',
          type: 'nominal',
          title: null,
          scale: { domain: [...series], range: COLOURS },
          legend: { orient: 'bottom', columns: 3, labelLimit: 0, symbolSize: 80, symbolOpacity: 1 },
        },
      },
      layer: [
        { mark: { type: 'rule', opacity: 0.35 }, encoding: { y: share('low'), y2: { field: 'high' } } },
        { mark: { type: 'line', strokeWidth: 2 }, encoding: { y: share('y') } },
        {
          mark: { type: 'point', filled: true, size: 50, opacity: 1 },
          encoding: {
            y: share('y'),
            shape: {
              field: 'series',
              type: 'nominal',
              title: null,
              scale: { domain: [...series], range: SHAPES },
            },
          },
        },
      ],
    })),
  };
}

/** A vertical axis from 0 to 100 %. */
function share(field: string) {
  const type = 'quantitative' as const;
  return { field, type, scale: { domain: [0, 1] }, axis: { format: '.0%' }, title: null };
}
