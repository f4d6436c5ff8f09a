import assert from 'node:assert/strict';
import { relativeTime } from '../../../src/views/relativeTime';

describe('relative time', () => {
  const now = new Date('2026-01-10T12:00:00Z');
  const cases = {
    '2026-01-10T11:59:01Z': 'just now',
    '2026-01-10T12:00:05Z': 'just now',
    '2026-01-10T11:59:00Z': '1 minute ago',
    '2026-01-10T11:00:01Z': '59 minutes ago',
    '2026-01-10T09:30:00Z': '2 hours ago',
    '2026-01-09T11:00:00Z': 'yesterday',
    '2026-01-01T12:00:00Z': '9 days ago',
  };
  for (const [then, words] of Object.entries(cases)) {
    it(`says “${words}” of ${then}`, () => assert.equal(relativeTime(new Date(then), now), words));
  }
});
