import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Breath } from '../../../sidecar/learning/breath';
import { Consolidation } from '../../../sidecar/learning/consolidation';
import { decodeReplay, encodeReplay } from '../../../sidecar/learning/replayFile';
import { RULES, type RuleName } from '../../../sidecar/learning/rules';
import { contentOf, engramFor } from './engrams';
import { FakeModel } from './fakeModel';

const model = new FakeModel();
const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const controls = (rule: RuleName) => [engramFor(rule, 'control', 2)];

const engrams = new Map(
  RULES.map((rule) => [rule, new Map(ids.map((id, n) => [id, engramFor(rule, id, 1 + (n % 4))]))]),
);

function add(state: Consolidation, set: readonly string[]): Consolidation {
  const all = engrams.get(state.rule.name)!;
  return set.reduce((now, id) => now.change([], new Map([[id, all.get(id)!]])), state);
}

/** The state after learning a set of facts in that order. */
const learn = (rule: RuleName, set: readonly string[]): Consolidation =>
  add(Consolidation.empty(model, rule), set);

const sleep = (state: Consolidation): Promise<Consolidation> =>
  state.replayed(controls(state.rule.name), new Breath());

/** The state made from what is kept of it. */
function anew({ rule, engrams: all, replay }: Consolidation): Consolidation {
  const written = Consolidation.empty(model, rule.name).change([], all);
  return replay ? written.restored(replay, controls(rule.name)) : written;
}

const asleep = async (state: Consolidation): Promise<unknown> => contentOf((await sleep(state)).memory);

const step = fc.record({
  id: fc.constantFrom(...ids),
  what: fc.constantFrom('learn', 'learn', 'forget', 'replay'),
});

for (const rule of RULES) {
  describe(`consolidation, rule ${rule}`, () => {
    it('is changed bit for bit as if folded from the base weight', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
          let state = Consolidation.empty(model, rule);
          for (const { id, what } of steps) {
            if (what === 'replay') state = await sleep(state);
            else state = what === 'learn' ? add(state, [id]) : state.change([id]);
            assert.deepEqual(contentOf(anew(state).memory), contentOf(state.memory));
          }
        }),
        { numRuns: 40 },
      );
    });

    it('forgets exactly: learning more and forgetting it leaves nothing, replayed or not', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray(ids, { minLength: 1 }),
          fc.boolean(),
          fc.boolean(),
          async ([gone = '', ...kept], before, after) => {
            const start = before ? await sleep(learn(rule, kept)) : learn(rule, kept);
            const more = add(start, [gone]);
            const state = (after ? await sleep(more) : more).change([gone]);
            const expected = after ? learn(rule, kept) : start;
            assert.deepEqual(contentOf(state.memory), contentOf(expected.memory));
            assert.deepEqual(await asleep(state), await asleep(learn(rule, kept)));
          },
        ),
        { numRuns: 30 },
      );
    });

    it('does not depend on the order of learning, before and after replay', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray(ids),
          fc.shuffledSubarray(ids, { minLength: ids.length }),
          async (some, order) => {
            const [one, other] = [some, order.filter((id) => some.includes(id))].map((set) =>
              learn(rule, set),
            );
            assert.deepEqual(contentOf(one!.memory), contentOf(other!.memory));
            assert.deepEqual(await asleep(one!), await asleep(other!));
          },
        ),
        { numRuns: 30 },
      );
    });

    it('gives back the base weight itself when nothing is left', async () => {
      const state = await sleep(learn(rule, ['a', 'b']));
      assert.notEqual(state.memory.version, model.base.version);
      assert.equal(state.change(['a', 'b']).memory, model.base);
    });

    it('puts a fact in place of the one that had its id', () => {
      const changed = learn(rule, ['a']).change([], new Map([['a', engrams.get(rule)!.get('b')!]]));
      const fresh = Consolidation.empty(model, rule).change(
        [],
        new Map([['a', engrams.get(rule)!.get('b')!]]),
      );
      assert.deepEqual(contentOf(changed.memory), contentOf(fresh.memory));
    });
  });
}

describe('replayed consolidation', () => {
  it('is settled until a fact comes or goes', async () => {
    const settled = await sleep(learn('margin', ['a', 'b']));
    assert.equal(settled.isSettled, true);
    assert.equal(add(settled, ['a']), settled);
    assert.equal(add(settled, ['c']).isSettled, false);
    assert.equal(settled.change(['a']).isSettled, false);
    assert.equal(learn('margin', ['a', 'b']).isSettled, false);
  });

  it('stays under what is learned on top of it', async () => {
    const settled = await sleep(learn('margin', ['a', 'b']));
    const more = add(settled, ['c']);
    for (const id of ['a', 'b']) assert.equal(more.traces.get(id), settled.traces.get(id));
    assert.notDeepEqual(contentOf(more.memory), contentOf(learn('margin', ['a', 'b', 'c']).memory));
  });

  it('is restored from what was kept of it, bit for bit, under what was learned since', async () => {
    const settled = await sleep(learn('margin', ['a', 'b']));
    const kept = decodeReplay(encodeReplay({ ...settled.replay!, forgotten: [] }))!;
    const again = learn('margin', ['b', 'a']).restored(kept, controls('margin'));
    assert.deepEqual(contentOf(again.memory), contentOf(settled.memory));
    assert.equal(again.isSettled, true);
    const more = learn('margin', ['c', 'a', 'b']).restored(kept, controls('margin'));
    assert.deepEqual(contentOf(more.memory), contentOf(add(settled, ['c']).memory));
  });

  it('is restored without writing and folding first what it takes the place of', async () => {
    const kept = (await sleep(learn('margin', ['a', 'b']))).replay!;
    const all = engrams.get('margin')!;
    const state = Consolidation.empty(model, 'margin').change([], new Map(all));
    const fold = state.rule.fold.bind(state.rule);
    const write = state.rule.write.bind(state.rule);
    const written: unknown[] = [];
    state.rule.write = (...args) => {
      written.push(args[0]);
      return write(...args);
    };
    let folds = 0;
    state.rule.fold = (...args) => {
      folds++;
      return fold(...args);
    };
    const again = state.restored(kept, controls('margin'));
    assert.notEqual(again, state);
    assert.equal(again.memory, again.memory);
    // What was settled, and what is written on top of it.
    assert.equal(folds, 2);
    assert.deepEqual(
      written,
      ['c', 'd', 'e', 'f'].map((id) => all.get(id)),
    );
  });

  it('is not restored for other facts, controls or settings', async () => {
    const kept = (await sleep(learn('margin', ['a', 'b']))).replay!;
    const fewer = learn('margin', ['a']);
    assert.equal(fewer.restored(kept, controls('margin')), fewer);
    const same = learn('margin', ['a', 'b']);
    assert.equal(same.restored(kept, []), same);
    const other = new FakeModel({ margin: { replay_sweeps: 3 } });
    const elsewhere = add(Consolidation.empty(other, 'margin'), ['a', 'b']);
    assert.equal(elsewhere.restored(kept, controls('margin')), elsewhere);
    assert.equal(same.replay, undefined);
  });

  it('is not read from a damaged file', async () => {
    const { replay } = await sleep(learn('margin', ['a', 'b']));
    const whole = encodeReplay({ ...replay!, forgotten: ['b'] });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.boolean(), (at, cut) => {
        const damaged = Buffer.from(cut ? whole.subarray(0, at) : whole);
        if (!cut) damaged[at] = damaged[at]! ^ 1;
        assert.equal(decodeReplay(damaged), undefined);
      }),
    );
  });

  it('leaves earlier states as they were, however many follow', async () => {
    const first = await sleep(learn('margin', ['a', 'b']));
    const before = contentOf(first.memory);
    const second = add(first, ['c']);
    const between = contentOf(second.memory);
    let last = second;
    for (let n = 0; n < 40; n++) last = add(last.change(['d', 'e']), ['e', 'd', 'f']).change(['f']);
    assert.deepEqual(contentOf(last.memory), contentOf(anew(last).memory));
    assert.deepEqual(contentOf(second.memory), between);
    assert.deepEqual(contentOf(first.memory), before);
  });

  it('goes on from any earlier state without a copy of what that has learned', async () => {
    const first = await sleep(learn('margin', ['a', 'b']));
    for (const id of ['c', 'd', 'e']) {
      assert.equal(add(first, [id]).memory.learned.rows, first.memory.learned.rows);
    }
  });

  it('has another version than the same facts in one shot, or with other controls', async () => {
    const once = learn('margin', ['a', 'b']);
    const versions = [once, await sleep(once), await once.replayed([], new Breath())];
    assert.equal(new Set(versions.map(({ memory }) => memory.version)).size, 3);
  });
});
