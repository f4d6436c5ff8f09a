import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PROVIDER_CHOICES, type ProviderChoice } from '../engine/providers';
import { RULES, type RuleName } from '../learning/rules';

/** A command line that cannot be understood; the message says what is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const FLAGS = {
  question: { type: 'string', short: 'q', multiple: true },
  answer: { type: 'string', short: 'a' },
  facts: { type: 'string' },
  model: { type: 'string' },
  rule: { type: 'string' },
  provider: { type: 'string' },
  json: { type: 'string' },
  out: { type: 'string' },
  untaught: { type: 'boolean' },
  'in-prompt': { type: 'boolean' },
  all: { type: 'boolean' },
  yes: { type: 'boolean' },
  pairs: { type: 'string' },
  seed: { type: 'string' },
  data: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** The command line, checked. Absent options are undefined. */
export interface Options {
  command: string | undefined;
  args: string[];
  questions: string[];
  answer: string | undefined;
  /** Folder of facts.jsonl; undefined where the option was not given. */
  facts: string | undefined;
  modelDir: string;
  rule: RuleName;
  provider: ProviderChoice;
  json: string | undefined;
  /** Folder to write to. */
  out: string | undefined;
  untaught: boolean;
  inPrompt: boolean;
  all: boolean;
  /** Do without a confirmation. */
  yes: boolean;
  pairs: number;
  seed: number;
  data: string | undefined;
  help: boolean;
}

/** Reads a command line. @throws UsageError */
export function readOptions(argv: readonly string[]): Options {
  const { values, positionals } = parse(argv);
  const [command, ...args] = positionals;
  const rule = RULES.find((name) => name === (values.rule ?? 'margin'));
  if (!rule) throw new UsageError(`--rule must be one of ${RULES.join(', ')}.`);
  const provider = PROVIDER_CHOICES.find((name) => name === (values.provider ?? 'auto'));
  if (!provider) throw new UsageError(`--provider must be one of ${PROVIDER_CHOICES.join(', ')}.`);
  return {
    command,
    args,
    questions: values.question ?? [],
    answer: values.answer,
    facts: values.facts,
    modelDir: resolve(values.model ?? shippedModel()),
    rule,
    provider,
    json: values.json,
    out: values.out,
    untaught: values.untaught ?? false,
    inPrompt: values['in-prompt'] ?? false,
    all: values.all ?? false,
    yes: values.yes ?? false,
    pairs: number(values.pairs, '--pairs') ?? 0,
    seed: number(values.seed, '--seed') ?? 1,
    data: values.data,
    help: values.help ?? false,
  };
}

/** Where engrams are kept between runs. */
export function cacheFolder(): string {
  const base =
    process.platform === 'win32'
      ? process.env.LOCALAPPDATA
      : (process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'));
  return join(base ?? homedir(), 'quickfire', 'engrams');
}

/** The model that ships: beside the bundle, or in dist/ when run from the sources. */
export function shippedModel(): string {
  const beside = join(__dirname, 'models', 'nano');
  return existsSync(beside) ? beside : join(__dirname, '..', '..', 'dist', 'models', 'nano');
}

type Parsed = ReturnType<typeof parseArgs<{ options: typeof FLAGS; allowPositionals: true }>>;

function parse(argv: readonly string[]): Parsed {
  try {
    return parseArgs({ args: [...argv], options: FLAGS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function number(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0))
    throw new UsageError(`${name} must be a number of 0 or more, not "${text}".`);
  return value;
}
