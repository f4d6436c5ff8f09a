import assert from 'node:assert/strict';
import { loadProblem, platforms } from '../../../sidecar/engine/platforms';

const missing = Object.assign(new Error("Cannot find module './bin/x.node'\nRequire stack:"), {
  code: 'MODULE_NOT_FOUND',
});
const refused = (message: string): Error => Object.assign(new Error(message), { code: 'ERR_DLOPEN_FAILED' });

describe('a runtime that cannot be loaded', () => {
  it('is not to be had on other platforms, whatever the error: says which have it, and how to get to one', () => {
    for (const platform of ['darwin-x64', 'linux-arm', 'linux-riscv64', 'freebsd-x64']) {
      for (const error of [missing, refused('no')]) {
        const message = loadProblem(platform, error);
        assert.ok(message.includes(`on ${platform}:`), message);
        for (const other of platforms) assert.ok(message.includes(other), message);
        assert.match(message, /Remote - SSH|Dev Container/);
      }
    }
  });

  it('is missing in a copy that was packaged for another platform: says which to install', () => {
    for (const platform of platforms) {
      const message = loadProblem(platform, missing);
      assert.match(message, /packaged for another platform/);
      assert.ok(message.includes(`quickfire-${platform}`), message);
    }
  });

  it('is refused by the system: says what it needs there, and what the system said', () => {
    const said = "version `GLIBC_2.28' not found";
    const needs = { 'linux-x64': /glibc 2\.28/, 'darwin-arm64': /macOS 14/, 'win32-arm64': /Visual C\+\+/ };
    for (const [platform, need] of Object.entries(needs)) {
      const message = loadProblem(platform, refused(`${said}\nand more`));
      assert.match(message, need);
      assert.ok(message.endsWith(said), message);
    }
  });
});
