/** Builds the page's elements from the state. */
import type { FiredFact, Side } from '../../src/panel/messages';
import { button, el } from '../dom';
import { isStreaming, type Entry, type Reply } from './state';

/** What the user can press in an entry. */
export interface EntryActions {
  openSource(factId: string): void;
  ask(question: string): void;
}

/** One question with its answer or answers. */
export function renderEntry(entry: Entry, actions: EntryActions): HTMLElement {
  const again = button('question', 'Ask again', () => actions.ask(entry.question), entry.question);
  const article = el('article', 'entry', el('h2', '', again));
  article.dataset.id = entry.id;
  article.setAttribute('aria-busy', String(isStreaming(entry)));
  const taught = replyElement('taught', entry.taught, actions);
  if (entry.untaught) {
    const untaught = replyElement('untaught', entry.untaught, undefined);
    article.append(
      el(
        'div',
        'sides',
        el('section', 'side', el('h3', '', 'Taught'), taught),
        el('section', 'side', el('h3', '', 'Untaught'), untaught),
      ),
    );
  } else {
    article.append(taught);
  }
  return article;
}

/** Draws what has changed since `before` in an entry's element: what is complete can be read and pressed meanwhile. */
export function updateEntry(article: Element, before: Entry, entry: Entry, actions: EntryActions): void {
  article.setAttribute('aria-busy', String(isStreaming(entry)));
  for (const side of ['taught', 'untaught'] as const) {
    const [was, reply] = [before[side], entry[side]];
    const element = article.querySelector(`[data-side="${side}"]`);
    if (!element || !reply || reply === was) continue;
    const streamed = element.querySelector('.streaming');
    if (streamed && reply.phase === 'streaming') streamed.textContent = reply.text;
    else element.replaceChildren(...renderReply(reply, side === 'taught' ? actions : undefined));
  }
}

function replyElement(side: Side, reply: Reply, actions: EntryActions | undefined): HTMLElement {
  const element = el('div', 'reply', ...renderReply(reply, actions));
  element.dataset.side = side;
  return element;
}

/** @param actions none for the untaught model, which has nothing to press and was meant to know nothing */
function renderReply(reply: Reply, actions: EntryActions | undefined): HTMLElement[] {
  switch (reply.phase) {
    case 'waiting':
      return [el('p', 'note', 'Waiting until all facts are learned and consolidated…')];
    case 'streaming':
      return [el('p', 'answer streaming', reply.text)];
    case 'stopped':
      return [el('p', 'answer partial', reply.text), el('p', 'note', 'Stopped.')];
    case 'failed': {
      const failure = el('p', 'failure', reply.text);
      failure.setAttribute('role', 'alert');
      return [failure];
    }
    case 'answered':
      return renderAnswer(reply, actions);
  }
}

function renderAnswer(reply: Reply, actions: EntryActions | undefined): HTMLElement[] {
  if (reply.abstained) {
    const text = el('p', 'answer abstained', reply.text);
    if (!actions) return [text];
    const note = el('p', 'note', 'The model does not know an answer to this question as worded.');
    return [text, note, ...renderSimilar(reply.similar, actions)];
  }
  const answer = el('p', 'answer', reply.text);
  answer.title = `${Math.round(reply.ms)} ms`;
  if (!actions) return [answer];
  if (reply.fired.length === 0) {
    return [answer, el('p', 'note', "Not from your facts: the model's own knowledge.")];
  }
  const list = el('ul', 'fired', ...reply.fired.map((fact) => renderFired(fact, actions)));
  list.setAttribute('aria-label', 'Facts that fired');
  return [answer, el('h4', '', reply.fired.length === 1 ? 'Fact that fired' : 'Facts that fired'), list];
}

function renderSimilar(questions: readonly string[], actions: EntryActions): HTMLElement[] {
  if (questions.length === 0) return [];
  const items = questions.map((question) =>
    el(
      'li',
      '',
      button('link', 'Ask this', () => actions.ask(question), question),
    ),
  );
  const list = el('ul', 'similar', ...items);
  list.setAttribute('aria-label', 'Questions that you taught');
  return [el('h4', '', 'You taught:'), list];
}

function renderFired(fact: FiredFact, actions: EntryActions): HTMLLIElement {
  const percent = Math.round(fact.strength * 100);
  const bar = el('meter', '');
  bar.value = fact.strength;
  bar.title = `${percent} % of the answer's firing`;
  bar.setAttribute('aria-label', bar.title);
  const words = el('span', 'fact', `${fact.question} `, el('strong', '', fact.answer));
  const item = el('li', '', words);
  if (fact.location !== undefined) {
    const open = (): void => actions.openSource(fact.factId);
    item.append(button('link', `Open ${fact.location}`, open, fact.location));
  }
  item.append(el('span', 'strength', bar, `${percent} %`));
  return item;
}
