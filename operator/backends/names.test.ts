import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { claimName, groupName, holderName, jobSetPodPrefix, podName, volcanoPodName } from './names.ts';

test.each([
  ['the first attempt has no suffix', podName('net', 'server', 0, 0), 'net-server-0'],
  ['later attempts have one', podName('net', 'client', 3, 2), 'net-client-3-a2'],
  ['a claim of one replica', claimName('disk', 'worker', 'files', 1, 0), 'disk-worker-files-1'],
  ['a claim of all replicas', claimName('disk', 'worker', 'files', undefined, 1), 'disk-worker-files-a1'],
  ['a claim of one replica and a later attempt', claimName('disk', 'worker', 'files', 0, 3), 'disk-worker-files-0-a3'],
  ['what holds the pods of the first attempt', holderName('net', 0), 'net'],
  ['what holds the pods of a later one', holderName('net', 2), 'net-a2'],
  ['a pod that Volcano makes', volcanoPodName('net-a2', 'client', 3), 'net-a2-client-3'],
  ['a pod that a Job of a JobSet makes', jobSetPodPrefix('net-a2', 'client', 3), 'net-a2-client-0-3-'],
])('%s', (_, name, expected) => {
  expect(name).toBe(expected);
});

describe('a group', () => {
  const uid = '1f0c2a9e-8d61-4d1b-9a57-0d8f6f5f2f11';

  test.each([
    ['has a part of the UID', 'net', 0, 'net-1f0c2a9e'],
    ['is another one in each attempt', 'net', 12, 'net-1f0c2a9e-a12'],
    ['of a long name is cut, not between its words', `${'n'.repeat(49)}.-${'x'.repeat(10)}`, 99, `${'n'.repeat(49)}-1f0c2a9e-a99`],
  ])('%s', (_, name, attempt, expected) => {
    expect(groupName({ name, uid }, attempt)).toBe(expected);
  });

  test('always has a name that labels and objects can have', () => {
    const name = fc.stringMatching(/^[a-z0-9]([-a-z0-9.]{0,60}[a-z0-9])?$/);
    fc.assert(
      fc.property(name, fc.nat({ max: 99 }), (benchmark, attempt) => {
        const made = groupName({ name: benchmark, uid }, attempt);
        expect(made.length).toBeLessThanOrEqual(63);
        expect(made).toMatch(/^[a-z0-9][-a-z0-9.]*[a-z0-9]$/);
        expect(made).not.toMatch(/\.-1f0c2a9e|--1f0c2a9e/);
      }),
    );
  });
});
