/** The page of a fact's details: shows what the extension tells, and says what was pressed. */
import type { FactAction, FactView, FromPage, Kept, ToPage } from '../../src/details/messages';
import { byId } from '../dom';
import { renderFact, type Picture } from './render';

interface Host {
  postMessage(message: FromPage): void;
  setState(state: Kept): void;
}
declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const main = byId('fact', HTMLElement);

let fact: FactView | undefined;
let picture: Picture;
/** What stands there without a fact. */
let without = '';

function receive(message: ToPage): void {
  switch (message.type) {
    case 'fact':
      if (message.fact.id !== fact?.id) picture = undefined;
      fact = message.fact;
      host.setState({ factId: fact.id });
      break;
    case 'firing':
      picture = { firing: message.firing };
      break;
    case 'noFiring':
      picture = { reason: message.reason };
      break;
    case 'gone':
      fact = undefined;
      without = message.text;
  }
  render();
}

/** What stands in a button's place once it was pressed. */
const TURNED: Readonly<Record<string, FactAction>> = { enable: 'disable', disable: 'enable' };

function render(): void {
  if (!fact) {
    main.textContent = without;
    return;
  }
  const { id } = fact;
  const act = (action: FactAction): void => host.postMessage({ type: 'act', action, factId: id });
  const focused =
    document.activeElement instanceof HTMLElement ? document.activeElement.dataset.action : undefined;
  main.replaceChildren(...renderFact(fact, picture, act));
  if (focused === undefined) return;
  const places = [focused, TURNED[focused] ?? focused].map((action) => `[data-action="${action}"]`);
  main.querySelector<HTMLElement>(places.join())?.focus();
}

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => receive(data));
new MutationObserver(render).observe(document.body, { attributeFilter: ['class'] });
host.postMessage({ type: 'ready' });
