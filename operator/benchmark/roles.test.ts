import { describe, expect, test } from '@jest/globals';
import { role } from '../backends/testing/builders.ts';
import type { Observed } from './observed.ts';
import { creatableRoles, endingPods, peersOf, podCount, runOf } from './roles.ts';
import { pair, pending, running, seen, succeeded } from './testing/builders.ts';

const workers = [role({ name: 'worker', replicas: 2, ends: false }), role({ name: 'client', after: ['worker'] })];
const worker = (index: number, ip?: string) =>
  ip === undefined ? pending({}, { role: 'worker', index }) : running({ role: 'worker', index, ip });

describe('addresses', () => {
  test.each<[string, Observed, Record<string, string[]>]>([
    ['of nobody', seen([], { roles: workers }), {}],
    ['not of a role that lacks one', seen([worker(0, '10.0.0.1'), worker(1)], { roles: workers }), {}],
    [
      'in the order of replicas',
      seen([worker(1, '10.0.0.2'), worker(0, '10.0.0.1')], { roles: workers }),
      { worker: ['10.0.0.1', '10.0.0.2'] },
    ],
    ['of both families', seen([worker(0, 'fd00::1'), worker(1, '10.0.0.2')], { roles: workers }), { worker: ['fd00::1', '10.0.0.2'] }],
  ])('%s', (_, observed, expected) => {
    expect(peersOf(observed)).toEqual(expected);
  });
});

describe('roles to create', () => {
  test.each<[string, Observed, string[]]>([
    ['those that need nobody come first', seen([], { roles: workers }), ['worker']],
    ['a role of which a pod is missing', seen([worker(0, '10.0.0.1')], { roles: workers }), ['worker']],
    ['those that wait for addresses', seen([worker(0, '10.0.0.1'), worker(1, '10.0.0.2')], { roles: workers }), ['client']],
    ['nothing is missing', seen([running({ role: 'server' }), running({ role: 'client' })], { roles: pair }), []],
  ])('%s', (_, observed, names) => {
    expect(creatableRoles(observed).map(({ name }) => name)).toEqual(names);
  });
});

describe('roles to create where all pods start together', () => {
  const together = { roles: workers, startsTogether: true };

  test.each<[string, Observed, string[]]>([
    ['all at once', seen([], together), ['worker', 'client']],
    ['those that are missing', seen([worker(0), worker(1)], together), ['client']],
    ['none where all are there', seen([worker(0), worker(1), pending({}, { role: 'client' })], together), []],
  ])('%s', (_, observed, names) => {
    expect(creatableRoles(observed).map(({ name }) => name)).toEqual(names);
  });
});

describe('the run as a backend sees it', () => {
  test('knows the addresses so far', () => {
    const run = runOf(seen([running({ role: 'server', ip: 'fd00::1' })], { roles: pair, attempt: 2 }));
    expect(run).toMatchObject({ attempt: 2, roles: pair, peers: { server: ['fd00::1'] } });
    expect(run).not.toHaveProperty('toldWithin');
  });

  test('knows the token of its attempt', () => {
    expect(runOf(seen([], { token: 'ab' })).token).toBe('ab');
  });

  test('bounds the wait for them by the limits of the run where all pods start together', () => {
    const spec = { timeouts: { pending: '1m', running: '10s' } };
    expect(runOf(seen([], { roles: pair, startsTogether: true, spec })).toldWithin).toBe(70);
  });
});

test('the run counts all pods, and ends with some of them', () => {
  const observed = seen([worker(0, '10.0.0.1'), worker(1, '10.0.0.2'), succeeded({}, { role: 'client' })], { roles: workers });
  expect([podCount(observed), endingPods(observed).map(({ role: name }) => name)]).toEqual([3, ['client']]);
});
