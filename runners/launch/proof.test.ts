import { expect, test } from '@jest/globals';
import { isProof, proofOf } from './proof.ts';

const [token, nonce, request] = ['ab'.repeat(32), '01'.repeat(32), 'WyJvcnRlZCJd'];
const proof = proofOf(token, nonce, request);

test('KP-49 a proof holds for its token, nonce and request, and does not show the token', () => {
  expect(isProof(proof, token, nonce, request)).toBe(true);
  expect(proof).not.toContain(token);
});

test.each([
  ['another token', proof, 'cd'.repeat(32), nonce, request],
  ['an earlier nonce', proof, token, '02'.repeat(32), request],
  ['another request', proof, token, nonce, 'WyJpZCJd'],
  ['a part of the request moved to the nonce', proofOf(token, `${nonce}\n${request}`, ''), token, nonce, request.slice(0, -1)],
  ['a shorter proof', proof.slice(0, -1), token, nonce, request],
  ['no proof', '', token, nonce, request],
  ['a proof of other characters', 'ü'.repeat(32), token, nonce, request],
])('it does not hold with %s', (_, ...given) => {
  expect(isProof(...given)).toBe(false);
});
