/** The terminal client: the sidecar's own learning and facts, without an editor. */
import { messageOf } from '../engine/errors';
import { ask, consolidate, exportLora, facts, forget, teach } from './commands';
import { check } from './check';
import { eightSteps } from './eightSteps';
import { HELP } from './help';
import { readOptions, UsageError, type Options } from './options';

const COMMANDS: Readonly<Record<string, (options: Options) => Promise<number>>> = {
  teach,
  ask,
  facts,
  forget,
  consolidate,
  'export-lora': exportLora,
  check,
  'eight-steps': eightSteps,
};

async function main(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const command = COMMANDS[options.command ?? ''];
  if (!command)
    throw new UsageError(options.command === undefined ? HELP : `Unknown command "${options.command}".`);
  return await command(options);
}

// npm runs a script in Quickfire's own folder; files are meant from where it was called.
const { npm_lifecycle_event: script, INIT_CWD: calledFrom } = process.env;
if (script === 'quickfire' && calledFrom) process.chdir(calledFrom);

// Who reads the output may have enough of it: "| head".
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// Ended by process.exit, so that what is to be done at the end is done.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

main(process.argv.slice(2)).then(
  (status) => (process.exitCode = status),
  (error: unknown) => {
    const hint =
      error instanceof UsageError && error.message !== HELP ? '\nRun "quickfire --help" for usage.' : '';
    process.stderr.write(`${messageOf(error)}${hint}\n`);
    process.exitCode = 2;
  },
);
