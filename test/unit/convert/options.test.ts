import assert from 'node:assert/strict';
import { readOptions } from '../../../sidecar/convert/options';

describe("the converter's command line", () => {
  it('names source and target, and what is known of the model', () => {
    const facts = ['--layer', '23', '--beta', '2.5'];
    assert.deepEqual(readOptions(['in', 'out', '--precision', 'int8', '--block', '128', ...facts]), {
      source: 'in',
      target: 'out',
      given: { precision: 'int8', block: 128, layer: 23, beta: 2.5 },
    });
    const { given } = readOptions(['in', 'out']);
    assert.deepEqual(Object.values(given), [undefined, undefined, undefined, undefined]);
  });

  it('says what is wrong with it, and how it is meant', () => {
    const refuses = (argv: string[], pattern: RegExp): void =>
      assert.throws(() => readOptions(argv), { message: pattern });
    refuses(['in'], /^Usage: npm run convert/);
    refuses(['in', 'out', 'more'], /^Usage/);
    refuses(['in', 'out', '--precision', 'int3'], /Unknown precision "int3".*Usage.*int4, int8, fp16, fp32/s);
    refuses(['in', 'out', '--block', '48'], /Unsupported block size "48".*32, 64, 128/s);
    refuses(['in', 'out', '--layer', 'last'], /"last" is not a number.*Usage/s);
    refuses(['in', 'out', '--beta='], /"" is not a number/);
    refuses(['in', 'out', '--layers', '3'], /--layers.*Usage/s);
  });
});
