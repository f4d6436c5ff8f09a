import { parseArgs } from 'node:util';
import { shippedModel } from '../../sidecar/cli/options';
import { oneOf } from './oneOf';
import { SYSTEMS, WITHOUT_QFT_T } from './systems/names';
import { whole } from './whole';

/** The parts of the bench, in the order in which they run. */
export const PARTS = ['learning', 'retention', 'exactness', 'cost', 'freetext', 'alike'] as const;
export type Part = (typeof PARTS)[number];

export interface BenchOptions {
  modelDir: string;
  /** The same trunk trained without the teaching objective. */
  withoutQftT: string | undefined;
  /** A user's own facts; the project's held-out ones where absent. */
  data: string | undefined;
  /** Which free texts and facts asked alike are taken. */
  split: 'dev' | 'heldout';
  parts: readonly Part[];
  /** Names of the systems to compare, see systems/names.ts; all where empty. */
  systems: readonly string[];
  /** Numbers of facts to teach. */
  facts: readonly number[];
  /** Orders; each draws its facts anew from all. */
  draws: number;
  /** The same for one fact at a time. */
  singles: number;
  /** Most taught facts of a draw that are asked about. */
  asked: number;
  controls: number;
  /** Facts that are taught one after another for the retention matrix. */
  session: number;
  /** Teachings that are timed at each number of facts. */
  timed: number;
  /** Learning rates that are tried for the rule hebbian, on the dev facts. */
  rates: readonly number[];
  seed: number;
  json: string;
  plots: string | undefined;
  markdown: string | undefined;
}

/** Reads the command line. @throws Error that says what is wrong */
export function readOptions(argv: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      model: { type: 'string', default: shippedModel() },
      'without-qft-t': { type: 'string' },
      data: { type: 'string' },
      split: { type: 'string', default: 'heldout' },
      parts: { type: 'string', default: PARTS.join(',') },
      systems: { type: 'string', default: '' },
      facts: { type: 'string', default: '1,10,30,100,300,1000' },
      draws: { type: 'string', default: '3' },
      singles: { type: 'string', default: '40' },
      asked: { type: 'string', default: '200' },
      controls: { type: 'string', default: '200' },
      session: { type: 'string', default: '300' },
      timed: { type: 'string', default: '30' },
      rates: { type: 'string', default: '0.0001,0.0003,0.001,0.003,0.01,0.03,0.1' },
      seed: { type: 'string', default: '1' },
      json: { type: 'string', default: 'out/bench/learning.json' },
      plots: { type: 'string' },
      markdown: { type: 'string' },
    },
  });
  return {
    modelDir: values.model,
    withoutQftT: values['without-qft-t'],
    data: values.data,
    split: oneOf(['dev', 'heldout'] as const, values.split, '--split'),
    parts: list(values.parts).map((part) => oneOf(PARTS, part, '--parts')),
    systems: systemsOf(values.systems, values['without-qft-t']),
    facts: list(values.facts).map((size) => whole(size, '--facts')),
    draws: whole(values.draws, '--draws'),
    singles: whole(values.singles, '--singles'),
    asked: whole(values.asked, '--asked'),
    controls: whole(values.controls, '--controls'),
    session: whole(values.session, '--session'),
    timed: whole(values.timed, '--timed'),
    rates: list(values.rates).map((rate) => positive(rate, '--rates')),
    seed: whole(values.seed, '--seed'),
    json: values.json,
    plots: values.plots,
    markdown: values.markdown,
  };
}

/** The entries of a list with commas; an empty text is an empty list. */
function list(text: string): string[] {
  return text.split(',').filter((entry) => entry !== '');
}

/** The systems that a list with semicolons names. */
function systemsOf(text: string, withoutQftT: string | undefined): string[] {
  const names = text.split(';').map((name) => name.trim());
  const systems = names.filter((name) => name !== '').map((name) => oneOf(SYSTEMS, name, '--systems', ';'));
  if (systems.includes(WITHOUT_QFT_T) && withoutQftT === undefined) {
    throw new Error(
      `--systems has "${WITHOUT_QFT_T}", whose model is to be given by --without-qft-t FOLDER.`,
    );
  }
  return systems;
}

function positive(text: string, name: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${name} takes numbers greater than 0; it has "${text}".`);
  return value;
}
