import { expect, test } from '@jest/globals';
import { durationText, limitsOf, toldWithin } from './limits.ts';

test.each([
  ['nothing said', {}, { pending: 300_000, running: 1_800_000, ttl: 0 }],
  [
    'all said',
    { timeouts: { pending: '90s', running: '2h' }, cleanup: { ttlAfterFinished: '500ms' } },
    { pending: 90_000, running: 7_200_000, ttl: 500 },
  ],
  ['what is no duration counts as its default', { timeouts: { pending: 'soon' } }, { pending: 300_000, running: 1_800_000, ttl: 0 }],
])('%s', (_, spec, expected) => {
  expect(limitsOf(spec)).toEqual(expected);
});

test.each([
  [90_000, '90s'],
  [300_000, '5m'],
  [7_200_000, '2h'],
  [0, '0s'],
])('%d ms is %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

test('a pod waits for its peers as long as the operator would let it, in whole seconds', () => {
  expect([toldWithin({}), toldWithin({ timeouts: { pending: '1500ms', running: '1m' } })]).toEqual([2100, 62]);
});
