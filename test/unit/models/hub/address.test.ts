import assert from 'node:assert/strict';
import { allowedUrl, endpointOf, isRepositoryId } from '../../../../src/models/hub/address';

describe('addresses of a hub', () => {
  it('are https, or http on this machine', () => {
    const allowed = [
      'https://huggingface.co',
      'http://localhost:8000/x',
      'http://127.0.0.1:8080',
      'http://[::1]:1',
    ];
    for (const address of allowed) assert.equal(allowedUrl(address).href.startsWith(address), true);
    const refused = ['http://huggingface.co', 'http://localhost.example.com', 'http://127.0.0.1.example.com'];
    for (const address of [...refused, 'file:///etc/passwd', 'http://10.0.0.1']) {
      assert.throws(() => allowedUrl(address), /https only/);
    }
    assert.throws(() => allowedUrl('huggingface'), /not a valid URL/);
  });

  it('keep the path of a mirror, without a slash at the end', () => {
    assert.equal(endpointOf(' https://mirror.example.com/api/hub/ '), 'https://mirror.example.com/api/hub');
    assert.equal(endpointOf('https://huggingface.co/'), 'https://huggingface.co');
  });

  it('tell repositories from what could lead out of a folder', () => {
    for (const id of ['oxinnovate/QF2-1.5B-instruct', 'a/b', 'x_y/z.1']) assert.ok(isRepositoryId(id), id);
    const wrong = ['gpt2', 'a/b/c', '../x', 'a/..', 'a/.b', 'a/b.', '/b', 'a/', 'a/b?c', 'a\\b/c', 'a/b..c'];
    for (const id of wrong) assert.ok(!isRepositoryId(id), id);
  });
});
