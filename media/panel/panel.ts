/** The Ask panel's page: the question box, the answers, and what is kept between showings. */
import type { FromPage, ToPage } from '../../src/panel/messages';
import { byId, setChildren } from '../dom';
import { renderEntry, updateEntry, type EntryActions } from './render';
import { isStreaming, reduce, restore, type PanelState } from './state';

interface Host {
  postMessage(message: FromPage): void;
  getState(): PanelState | undefined;
  setState(state: PanelState): void;
}
declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const form = byId('form', HTMLFormElement);
const question = byId('question', HTMLTextAreaElement);
const compare = byId('compare', HTMLInputElement);
const submit = byId('submit', HTMLButtonElement);
const entries = byId('entries', HTMLElement);
const empty = byId('empty', HTMLElement);

let state = restore(host.getState());

const actions: EntryActions = {
  openSource: (factId) => host.postMessage({ type: 'openSource', factId }),
  ask: (text) => host.postMessage({ type: 'ask', question: text }),
};

function busy(): boolean {
  return state.entries.some(isStreaming);
}

function keep(next: PanelState): void {
  state = next;
  host.setState(state);
}

/** Redraws only what changed, so that a screen reader is not told of the others again. */
function render(before: PanelState | undefined): void {
  const focused = document.activeElement;
  const old = new Map(before?.entries.map((entry) => [entry.id, entry]));
  const drawn = new Map([...entries.children].map((child) => [child.getAttribute('data-id'), child]));
  const children = state.entries.map((entry) => {
    const [child, earlier] = [drawn.get(entry.id), old.get(entry.id)];
    if (!child || !earlier) return renderEntry(entry, actions);
    if (earlier !== entry) updateEntry(child, earlier, entry, actions);
    return child;
  });
  setChildren(entries, children);
  // What was asked again may itself have made room for the new one.
  if (focused?.isConnected === false) entries.querySelector<HTMLElement>('.question')?.focus();
  empty.hidden = children.length > 0;
  submit.textContent = busy() ? 'Stop' : 'Ask';
  submit.classList.toggle('secondary', busy());
}

/** Asks what stands in the box; an answer that is still running is stopped for it. */
function ask(): void {
  const text = question.value.trim();
  if (text !== '') host.postMessage({ type: 'ask', question: text });
}

function stop(): void {
  host.postMessage({ type: 'stop' });
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (busy()) stop();
  else ask();
});

question.addEventListener('keydown', (event) => {
  if (event.isComposing) return;
  if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault();
    ask();
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.isComposing && busy()) stop();
});

question.addEventListener('input', () => keep({ ...state, draft: question.value }));

compare.addEventListener('change', () => {
  keep({ ...state, compare: compare.checked });
  host.postMessage({ type: 'compare', compare: compare.checked });
});

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.type === 'focus') question.focus();
  else if (data.type === 'hello') sayReady();
  else show(data);
});

function show(message: ToPage): void {
  const before = state;
  keep(reduce(state, message));
  if (message.type === 'begin') question.value = state.draft;
  render(before);
}

function sayReady(): void {
  host.postMessage({ type: 'ready', compare: state.compare });
}

question.value = state.draft;
compare.checked = state.compare;
render(undefined);
sayReady();
form.dataset.ready = '';
