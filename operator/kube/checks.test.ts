import { describe, expect, test } from '@jest/globals';
import { leaseFresh, reflectorFresh, reflectorSynced, workMoves } from './checks.ts';
import { FakeClock } from './fake-clock.ts';
import { pods } from './object.ts';

const clock = new FakeClock(1_000_000);
const ago = (seconds: number) => clock.now() - seconds * 1000;
const contact = (seconds: number, lastError?: Error, hasSynced = true) => ({
  resource: pods,
  hasSynced,
  lastContact: ago(seconds),
  lastError,
});

test.each([
  ['contact just now', 0, undefined, undefined],
  ['contact at the limit', 300, undefined, undefined],
  ['no contact', 301, undefined, 'no contact for 301 s'],
  ['no contact, with the reason', 400, new Error('403 Forbidden'), 'no contact for 400 s: 403 Forbidden'],
])('reflectorFresh: %s', (_, seconds, error, fault) => {
  expect(reflectorFresh(contact(seconds, error), clock).fault()).toBe(fault);
});

test.each([
  [true, undefined, undefined],
  [false, undefined, 'not listed yet'],
  [false, new Error('403 Forbidden'), 'not listed yet: 403 Forbidden'],
])('reflectorSynced: %p, %p', (synced, error, fault) => {
  expect(reflectorSynced(contact(0, error, synced)).fault()).toBe(fault);
});

test.each([
  ['a leader that renewed', true, 15, undefined],
  ['a leader that did not', true, 16, 'not renewed for 16 s'],
  ['a standby', false, 900, undefined],
])('leaseFresh: %s', (_, leading, seconds, fault) => {
  expect(leaseFresh({ leading, lastRenewal: ago(seconds) }, clock).fault()).toBe(fault);
});

test('leaseFresh: a standby that never led', () => {
  expect(leaseFresh({ leading: false, lastRenewal: undefined }, clock).fault()).toBeUndefined();
});

describe('workMoves', () => {
  test.each([
    ['nothing runs', undefined, undefined],
    ['work runs', ago(600), undefined],
    ['work hangs', ago(601), 'one reconcile runs for 601 s'],
  ])('%s', (_, oldest, fault) => {
    expect(workMoves({ name: 'benchmark', oldest }, clock).fault()).toBe(fault);
  });
});

test('names say what is looked at', () => {
  const checks = [
    reflectorFresh(contact(0), clock),
    reflectorSynced(contact(0)),
    workMoves({ name: 'benchmark', oldest: undefined }, clock),
  ];
  expect(checks.map(({ name }) => name)).toEqual(['watch of pods', 'list of pods', 'work of benchmark']);
});
