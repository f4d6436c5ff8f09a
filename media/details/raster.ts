/** Draws a layer's firing: one pixel a neuron, in colours of the theme. */
import { changeOf, type Change } from '../../src/details/firing';

/** How a change is drawn: the style sheet's property that has the colour. */
const COLOURS: Record<Change, string> = { same: '--same', began: '--began', fell: '--fell' };

/** A raster about twice as wide as high; a power of two wide, as layers mostly are. */
function columnsOf(neurons: number): number {
  return 2 ** Math.round(Math.log2(Math.sqrt(2 * neurons)));
}

/** Draws one value a neuron, 0 to 255; those that fire otherwise than in `before` stand out. */
export function drawRaster(canvas: HTMLCanvasElement, values: Uint8Array, before: Uint8Array): void {
  const columns = columnsOf(values.length);
  canvas.width = columns;
  canvas.height = Math.ceil(values.length / columns);
  canvas.style.setProperty('--columns', String(columns));
  const context = canvas.getContext('2d');
  if (!context) return;
  const style = getComputedStyle(canvas);
  values.forEach((value, neuron) => {
    const change = changeOf(before[neuron] ?? 0, value);
    context.fillStyle = style.getPropertyValue(COLOURS[change]);
    context.globalAlpha = change === 'same' ? value / 255 : 1;
    context.fillRect(neuron % columns, Math.floor(neuron / columns), 1, 1);
  });
}
