import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** kernel.wat compiled, as the build left it; in a bundle the build puts the bytes in place of this file. */
const bytes: Uint8Array = readFileSync(join(__dirname, '..', '..', '..', '..', 'dist', 'kernel.wasm'));

export default bytes;
