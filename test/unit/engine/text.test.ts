import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderAnswer, renderPrompt } from '../../../sidecar/engine/prompt';
import { argmax, probabilityOf } from '../../../sidecar/engine/softmax';
import { TextStream } from '../../../sidecar/engine/textStream';

describe('prompt', () => {
  const format = 'system: {system}\nuser: {user}\nassistant:';

  it('keeps an empty statement', () => {
    assert.equal(renderPrompt(format, { system: '', user: 'Who?' }), 'system: \nuser: Who?\nassistant:');
  });

  it('puts each part on one line, and takes it literally', () => {
    const prompt = renderPrompt(format, { system: 'a\r\n  {user} $& b\n', user: 'c' });
    assert.equal(prompt, 'system: a {user} $& b\nuser: c\nassistant:');
  });

  it('trims and joins lines as the training does', () => {
    const file = join(__dirname, '..', 'golden', 'oneLine.json');
    for (const { text, line } of JSON.parse(readFileSync(file, 'utf8')) as { text: string; line: string }[]) {
      const prompt = renderPrompt(format, { system: text, user: text });
      assert.equal(prompt, `system: ${line}\nuser: ${line}\nassistant:`);
      assert.equal(renderAnswer(text, '\n'), ` ${line}\n`);
    }
  });

  it('ends the answer with the stop', () => {
    assert.equal(renderAnswer('Qi\nLi ', '\n'), ' Qi Li\n');
  });
});

describe('text stream', () => {
  /** Tokens are bytes. */
  const bytes = { decode: (tokens: readonly number[]) => Buffer.from(tokens).toString('utf8') };

  function run(text: string): { pieces: string[]; text: string; stopped: boolean[] } {
    const pieces: string[] = [];
    const stream = new TextStream(bytes, '\n', (piece) => pieces.push(piece));
    const stopped = [...Buffer.from(text)].map((byte) => stream.push(byte));
    stream.end();
    return { pieces, text: stream.text, stopped };
  }

  it('emits settled text only, and nothing twice', () => {
    const { pieces, text } = run(' 12 µm \n');
    assert.deepEqual(pieces, ['1', '2', ' µ', 'm']);
    assert.equal(text, '12 µm');
  });

  it('stops at the stop', () => {
    assert.deepEqual(run('a\n').stopped, [false, true]);
    assert.equal(run('\n').text, '');
    assert.deepEqual(run('\n').pieces, []);
  });

  it('gives undecodable bytes at the end, if nothing follows', () => {
    const pieces: string[] = [];
    const stream = new TextStream(bytes, '\n', (piece) => pieces.push(piece));
    for (const byte of [0x61, 0xc2]) stream.push(byte);
    stream.end();
    assert.deepEqual(pieces, ['a', '\ufffd']);
  });
});

describe('softmax', () => {
  it('takes the first of equals', () => {
    assert.equal(argmax(Float32Array.of(1, 3, 3, 2)), 1);
  });

  it('is exact for large logits', () => {
    assert.equal(probabilityOf(Float32Array.of(1000, 1000), 1), 0.5);
    assert.ok(Math.abs(probabilityOf(Float32Array.of(0, Math.log(3)), 1) - 0.75) < 1e-6);
  });
});
