import assert from 'node:assert/strict';
import { siblingControls } from '../../../sidecar/learning/siblings';
import { alikeFacts, factOf, type AlikeFacts } from '../../bench/alike';

/** Words that name things: "billing-gateway", and its parts. */
function words({ subjects }: AlikeFacts): Set<string> {
  const names = Object.values(subjects)
    .flat()
    .map((name) => name.toLowerCase());
  return new Set(names.flatMap((name) => [name, ...name.split('-')]));
}

/** How many are in both; what they are stays unseen. */
function shared(one: Iterable<string>, other: Iterable<string>): number {
  const others = new Set(other);
  return [...new Set(one)].filter((each) => others.has(each)).length;
}

describe('facts asked alike', () => {
  it('are of other things, relations and answers in each split', async () => {
    const [dev, heldout] = [await alikeFacts('dev'), await alikeFacts('heldout')];
    const named = ({ relations }: AlikeFacts): string[] =>
      relations.flatMap(({ answers }) => answers).filter((answer) => /\p{L}/u.test(answer));
    assert.equal(shared(words(dev), words(heldout)), 0);
    assert.equal(shared(named(dev), named(heldout)), 0);
    for (const pattern of ['statement', 'question', 'paraphrase'] as const) {
      const all = [...dev.relations, ...heldout.relations].map((relation) => relation[pattern]);
      assert.equal(new Set(all).size, all.length);
    }
  });

  it('are of none of the things that controls are asked of', async () => {
    const taught = Array.from({ length: 16 }, (_, n) => ({ questions: [`What is the port of thing${n}?`] }));
    const asked = siblingControls(taught, 'Need more information.').map(({ question }) =>
      question.replace(/^What is the port of |\?$/g, '').toLowerCase(),
    );
    assert.equal(asked.length, 48);
    for (const split of ['dev', 'heldout'] as const) {
      const { subjects } = await alikeFacts(split);
      assert.equal(
        shared(
          Object.values(subjects)
            .flat()
            .map((name) => name.toLowerCase()),
          asked,
        ),
        0,
      );
    }
  });

  it('say the answer in the statement alone', async () => {
    for (const split of ['dev', 'heldout'] as const) {
      const { subjects, relations } = await alikeFacts(split);
      for (const relation of relations) {
        const { statement, question, paraphrase, answer } = factOf(relation, subjects.invented?.[0] ?? '', 0);
        const holds = [statement, question, paraphrase].map((text) => text.includes(answer));
        assert.ok(holds[0] && !holds[1] && !holds[2], split);
      }
    }
  });
});
