import assert from 'node:assert/strict';
import {
  EMPTY,
  isStreaming,
  MAX_ENTRIES,
  reduce,
  restore,
  type PanelState,
} from '../../../../media/panel/state';
import type { ToPage } from '../../../../src/panel/messages';

const play = (...messages: ToPage[]): PanelState => messages.reduce(reduce, EMPTY);
const begin = (id: string, compare = false): ToPage => ({ type: 'begin', id, question: `${id}?`, compare });

const taught = (state: PanelState): [string, string] | undefined => {
  const reply = state.entries[0]?.taught;
  return reply && [reply.phase, reply.text];
};

describe('panel state', () => {
  it('streams an answer and replaces it by the final one', () => {
    const streaming = play(
      begin('a'),
      { type: 'token', id: 'a', side: 'taught', text: 'Q' },
      { type: 'token', id: 'a', side: 'taught', text: 'i' },
    );
    assert.equal(streaming.entries[0]?.taught.text, 'Qi');
    assert.equal(streaming.entries.some(isStreaming), true);
    const answer = { answer: 'Qi', abstained: false, fired: [], similar: [], ms: 5 };
    const done = reduce(streaming, { type: 'answer', id: 'a', side: 'taught', ...answer });
    assert.deepEqual(done.entries[0]?.taught, {
      text: 'Qi',
      phase: 'answered',
      abstained: false,
      fired: [],
      similar: [],
      ms: 5,
    });
    assert.equal(done.entries.some(isStreaming), false);
  });

  it('takes what was asked out of the box, and leaves there what was not', () => {
    const typed = (draft: string): string => reduce({ ...EMPTY, draft }, begin('a')).draft;
    assert.deepEqual([typed(' a? '), typed('b?')], ['', 'b?']);
  });

  it('goes on with an answer that was still to come when the page went away', () => {
    const kept = restore(play(begin('a'), { type: 'token', id: 'a', side: 'taught', text: 'Q' }));
    const resumed = reduce(kept, { type: 'token', id: 'a', side: 'taught', text: '' });
    assert.deepEqual(
      [taught(kept), taught(resumed)],
      [
        ['stopped', 'Q'],
        ['streaming', 'Q'],
      ],
    );
  });

  it('keeps the two models apart', () => {
    const state = play(begin('a', true), { type: 'token', id: 'a', side: 'untaught', text: 'Need' });
    assert.deepEqual(taught(state), ['streaming', '']);
    assert.equal(state.entries[0]?.untaught?.text, 'Need');
  });

  it('keeps a few entries, newest first', () => {
    const state = play(...Array.from({ length: MAX_ENTRIES + 3 }, (_, i) => begin(String(i))));
    assert.equal(state.entries.length, MAX_ENTRIES);
    assert.equal(state.entries[0]?.id, String(MAX_ENTRIES + 2));
  });

  it('ignores what belongs to an entry that is gone', () => {
    assert.deepEqual(play({ type: 'token', id: 'gone', side: 'taught', text: 'x' }), EMPTY);
  });

  it('shows a failure, and an answer that was stopped with what had come', () => {
    const token: ToPage = { type: 'token', id: 'a', side: 'taught', text: 'Q' };
    const failed = play(begin('a'), token, { type: 'failed', id: 'a', side: 'taught', message: 'why' });
    assert.deepEqual(taught(failed), ['failed', 'why']);
    const stopped = restore(play(begin('a', true), token));
    assert.deepEqual(taught(stopped), ['stopped', 'Q']);
    assert.equal(stopped.entries[0]?.untaught?.phase, 'stopped');
    assert.deepEqual(taught(reduce(stopped, token)), ['streaming', 'QQ'], 'it was only hidden');
  });

  it('starts empty where nothing was kept', () => assert.deepEqual(restore(undefined), EMPTY));
});
