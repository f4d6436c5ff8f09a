/** A child process that reads a large array once for each message it gets, and says when it is done. */
const BYTES = 2 ** 29;

const array = Buffer.alloc(BYTES, 1);
process.on('message', () => {
  // Looking for what is not there is the C library's memchr, which reads as fast as memory comes.
  process.send?.(array.includes(2) ? 0 : BYTES);
});
process.once('disconnect', () => process.exit());
process.send?.('ready');
