import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const KINDS = ['readme', 'comment', 'config', 'docstring', 'adr', 'table', 'list'];
const FACTS_PER_KIND = 24;
const folder = join(__dirname, '..', 'data', 'freetext');

const Fact = z.strictObject({
  kind: z.string(),
  text: z.string(),
  question: z.string(),
  paraphrase: z.string(),
  answer: z.string(),
  /** The subject first, then the relation; wordings that will do are divided by "|". */
  about: z.array(z.string().regex(/^[^A-Z]+$/)).min(2),
  /** Other spans that answer the same question. */
  answers: z.array(z.string()).optional(),
  /** Spans that answer another question which the text is as right for. */
  alternatives: z.array(z.string()).optional(),
  neighbour: z.string(),
  features: z.array(z.string()).min(1),
});
type Fact = z.infer<typeof Fact>;

async function facts(split: 'dev' | 'heldout'): Promise<Fact[]> {
  const text = await readFile(join(folder, `${split}.jsonl`), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => Fact.parse(JSON.parse(line)));
}

/** The wordings of the subject. */
const subjects = ({ about }: Fact): string[] => about.flatMap((text, n) => (n === 0 ? text.split('|') : []));

const names = (text: string, wordings: string): boolean =>
  wordings.split('|').some((wording) => text.toLowerCase().includes(wording));

/** Whether `text` holds `span` as words of its own, so that "1" is not held by "16". */
function holds(text: string, span: string): boolean {
  const around = text.split(span);
  return around
    .slice(1)
    .some((after, n) => !/^[\p{L}\p{N}_]/u.test(after) && !/[\p{L}\p{N}_]$/u.test(around[n] ?? ''));
}

for (const split of ['dev', 'heldout'] as const) {
  describe(`free text, ${split}`, () => {
    let all: Fact[];
    before(async () => {
      all = await facts(split);
    });

    it('has as many facts of every kind', () => {
      for (const kind of KINDS) {
        assert.equal(all.filter((fact) => fact.kind === kind).length, FACTS_PER_KIND, kind);
      }
      assert.equal(all.length, KINDS.length * FACTS_PER_KIND);
    });

    it('has answers that are spans of the text and not of the questions', () => {
      for (const { text, question, paraphrase, answer, answers = [], alternatives = [] } of all) {
        for (const span of [answer, ...answers, ...alternatives]) {
          assert.ok(text.includes(span), `"${span}" is not in ${text}`);
          for (const asked of [question, paraphrase]) {
            assert.ok(!holds(asked, span), `${asked} gives away "${span}"`);
          }
        }
      }
    });

    it('names subject and relation in both wordings, and another subject in the neighbour', () => {
      for (const fact of all) {
        assert.notEqual(fact.question, fact.paraphrase);
        for (const wordings of fact.about) {
          assert.ok(names(fact.question, wordings), `${fact.question}: no ${wordings}`);
          assert.ok(names(fact.paraphrase, wordings), `${fact.paraphrase}: no ${wordings}`);
        }
        assert.ok(!subjects(fact).some((subject) => names(fact.neighbour, subject)), fact.neighbour);
      }
    });

    it('has texts of at most 25 words, trimmed', () => {
      for (const { text } of all) {
        assert.equal(text, text.trim());
        assert.ok(text.split(/\s+/).length <= 25, text);
      }
    });
  });
}

describe('free text', () => {
  it('has every subject once, in one of the files', async () => {
    const seen = [...(await facts('dev')), ...(await facts('heldout'))].flatMap(subjects);
    assert.deepEqual(
      seen.filter((subject, n) => seen.indexOf(subject) !== n),
      [],
    );
  });

  it('shares no wording of a question between the files', async () => {
    const frames = async (split: 'dev' | 'heldout'): Promise<string[]> =>
      (await facts(split)).flatMap((fact) =>
        [fact.question, fact.paraphrase].map((asked) =>
          subjects(fact).reduce((text, subject) => text.replaceAll(subject, '…'), asked.toLowerCase()),
        ),
      );
    const [dev, heldOut] = [await frames('dev'), new Set(await frames('heldout'))];
    assert.deepEqual(
      dev.filter((frame) => heldOut.has(frame)),
      [],
    );
  });
});
