import assert from 'node:assert/strict';
import { findQuote } from '../../../src/source/quote';

describe('findQuote', () => {
  const found = (text: string, quote: string, near = 0): string | undefined => {
    const span = findQuote(text, quote, near);
    return span && text.slice(span.start, span.end);
  };

  it('finds the occurrence nearest to where it stood', () => {
    const text = 'port 80\nother\nport 80\n';
    assert.deepEqual(findQuote(text, 'port 80', 0), { start: 0, end: 7 });
    assert.deepEqual(findQuote(text, 'port 80', 13), { start: 14, end: 21 });
  });

  it('finds a quote that was moved, re-indented, re-wrapped or has other line endings', () => {
    assert.equal(found('x\n\n  The port\r\n  is 80.\n', 'The port is 80.', 999), 'The port\r\n  is 80.');
    assert.equal(found('The port is 80.', '  The port\n\tis 80.\n'), 'The port is 80.');
  });

  it('takes special characters as they are', () => {
    assert.equal(found('a+b (c) [d] $e ^f', 'b (c) [d] $e ^f'), 'b (c) [d] $e ^f');
    assert.equal(found('aab', 'a+b'), undefined);
  });

  it('finds nothing where the quote is gone or empty', () => {
    assert.equal(found('The port is 81.', 'The port is 80.'), undefined);
    assert.equal(found('text', '  \n '), undefined);
  });
});
