/** Builds the page's elements from what is known of the fact. */
import type { FiringPicture } from '../../sidecar/protocol';
import { decodeFiring, summarize, summaryText } from '../../src/details/firing';
import type { FactAction, FactView } from '../../src/details/messages';
import { button, el } from '../dom';
import { drawRaster } from './raster';

/** The picture, or why there is none; undefined while it is on its way. */
export type Picture = { readonly firing: FiringPicture } | { readonly reason: string } | undefined;

type Act = (action: FactAction) => void;

export function renderFact(fact: FactView, picture: Picture, act: Act): HTMLElement[] {
  const questions = fact.questions.map((question) => el('p', 'question', question));
  const condition = el('p', `condition ${fact.condition}`, fact.conditionText);
  return [
    el('header', '', ...questions, el('h1', '', fact.answer), condition, renderActions(fact, act)),
    renderSource(fact, act),
    el('section', 'firing', el('h2', '', 'Firing'), ...renderPicture(fact, picture)),
  ];
}

function pressable(className: string, action: FactAction, text: string, act: Act): HTMLButtonElement {
  const element = button(className, text, () => act(action), text);
  element.dataset.action = action;
  return element;
}

function renderActions({ condition }: FactView, act: Act): HTMLElement {
  const buttons: readonly (readonly [FactAction, string])[] = [
    ['ask', 'Ask'],
    ['edit', 'Edit…'],
    condition === 'disabled' ? ['enable', 'Enable'] : ['disable', 'Disable'],
    ['forget', 'Forget'],
  ];
  const secondary = 'action secondary';
  return el('div', 'actions', ...buttons.map(([action, text]) => pressable(secondary, action, text, act)));
}

function renderSource({ statement, location, origin }: FactView, act: Act): HTMLElement {
  const place = location === undefined ? [] : [pressable('link', 'openSource', location, act), ' · '];
  return el(
    'section',
    '',
    el('h2', '', 'Statement'),
    el('blockquote', '', statement),
    el('p', 'note', ...place, origin),
  );
}

function renderPicture({ questions }: FactView, picture: Picture): HTMLElement[] {
  if (!picture) return [el('p', 'note', 'Asking the model…')];
  if ('reason' in picture) return [el('p', 'note', `Firing is not available: ${picture.reason}`)];
  const firing = decodeFiring(picture.firing);
  const text = summaryText(summarize(firing));
  const raster = (caption: string, values: Uint8Array, label: string): HTMLElement => {
    const canvas = el('canvas', 'raster');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', label);
    // It is drawn when it is in the page, since only then it has the theme's colours.
    requestAnimationFrame(() => drawRaster(canvas, values, firing.before));
    return el('figure', '', canvas, el('figcaption', '', caption));
  };
  return [
    el('p', 'summary', text),
    el(
      'div',
      'rasters',
      raster('Untaught', firing.before, 'Firing of the untaught model'),
      raster('Now', firing.after, `Firing of the model now: ${text}`),
      raster(
        'Target',
        firing.target,
        'Firing with the statement in the prompt, which the model learns to reproduce',
      ),
    ),
    el(
      'p',
      'note legend',
      key('same', 'same as in the untaught model'),
      key('began', 'started firing'),
      key('fell', 'stopped firing'),
    ),
    el(
      'p',
      'note',
      `Each pixel is one neuron of the learning layer, at the first word of the answer to “${questions[0] ?? ''}”`,
    ),
  ];
}

function key(change: string, words: string): HTMLElement {
  const swatch = el('span', `swatch ${change}`);
  swatch.setAttribute('aria-hidden', 'true');
  return el('span', 'key', swatch, words);
}
