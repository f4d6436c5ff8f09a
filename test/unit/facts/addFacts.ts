/** Adds facts to a facts file one by one: addFacts.ts FILE PREFIX COUNT. Run as a process of its own. */
import { FactStore } from '../../../sidecar/facts/store';

async function main([path = '', prefix = '', count = '0']: string[]): Promise<void> {
  const store = new FactStore(path, 'workspace');
  for (let n = 0; n < Number(count); n++) {
    await store.update((held) => [
      ...held,
      {
        id: `${prefix}${n}`,
        statement: 's',
        questions: ['q'],
        answer: 'a',
        scope: 'workspace',
        enabled: true,
        taughtAt: '',
      },
    ]);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
