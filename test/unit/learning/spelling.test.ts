import assert from 'node:assert/strict';
import { Spelling } from '../../../sidecar/learning/spelling';

describe('a question', () => {
  const spelling = new Spelling([
    'What is the port of billing-gateway?',
    'Who owns the auth service?',
    'What is the rate limit of auth-service?',
    'What did version 1.5 of Node.js change?',
    'Who leads IT?',
  ]);

  for (const [asked, meant] of [
    ['What is the port of Billing Gateway?', 'What is the port of billing-gateway?'],
    ['What is the port of `billing-gateway`?', 'What is the port of billing-gateway?'],
    ['what is the Port of "BillingGateway"', 'what is the port of billing-gateway'],
    ['What is the port of billing‑gateway ?', 'What is the port of billing-gateway ?'],
    ['WHAT IS THE PORT OF BILLING-GATEWAY?', 'What is the port of billing-gateway?'],
    ['Which version of NodeJS?', 'Which version of Node.js?'],
  ] as const) {
    it(`has names spelled as they were taught: ${asked}`, () => assert.equal(spelling.applied(asked), meant));
  }

  for (const asked of [
    'What is the port of billing-gateway?',
    'Who owns the auth service?',
    'Who owns auth-service?',
    'Who owns AuthService?',
    'What did version 15 change?',
    'Where is it?',
    'What is the port of `Shipping`?',
    '',
  ]) {
    it(`stays as it is where it says so already, or is not sure to mean the same: ${asked}`, () =>
      assert.equal(spelling.applied(asked), asked));
  }
});
