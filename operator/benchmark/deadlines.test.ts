import { describe, expect, test } from '@jest/globals';
import type { PodState } from '../backends/backend.ts';
import { deadlineOf, overdue } from './deadlines.ts';
import type { Observed } from './observed.ts';
import { attempt, minute, over, pair, pending, running, second, seen, start, told, unschedulable } from './testing/builders.ts';

const server = { role: 'server' };
const client = { role: 'client' };
const late = start + 6 * minute;
const inLog = over({ exitCode: 0, frame: 'InLog', reason: 'ResultMissing' });

function verdict(observed: Observed, now = late): unknown {
  const decision = overdue(observed, now);
  return decision && decision.status.attempts?.at(-1)?.reason;
}

describe('limits', () => {
  test.each<[string, Observed, number, string | undefined]>([
    ['pending, a moment before', seen([pending()]), start + 5 * minute - 1, undefined],
    ['pending, at the limit', seen([pending()]), start + 5 * minute, 'PendingTimeout'],
    ['running, a moment before', seen([running()]), start + 30 * minute + 2 * second - 1, undefined],
    ['running, at the limit', seen([running()]), start + 30 * minute + 2 * second, 'RunningTimeout'],
    ['one of two runs: still pending', seen([running(server), pending({}, client)], { roles: pair }), late, 'PendingTimeout'],
    ['no pod and no try to make one', seen(), start + 24 * 60 * minute, undefined],
    ["a node's clock is far behind", seen([running({ startedAt: start - 60 * minute })]), start + 30 * minute - 1, undefined],
    ["a node's clock is far ahead", seen([running({ startedAt: start + 24 * 60 * minute })]), start + 30 * minute, 'RunningTimeout'],
    ['limits may be changed while it waits', seen([pending()], { spec: { timeouts: { pending: '1h' } } }), late, undefined],
    [
      'a limit that is no duration counts as the default',
      seen([pending()], { spec: { timeouts: { pending: 'soon' } } }),
      late,
      'PendingTimeout',
    ],
  ])('%s', (_, observed, now, reason) => {
    expect(verdict(observed, now)).toBe(reason);
  });

  test.each([
    ['waits for peers although all pods run: pending', {}, 'PendingTimeout'],
    ['knows its peers: running', { told: 'x' }, undefined],
  ])('a run that %s', (_, more, reason) => {
    const pods = [running(server), running({ ...client, ...more })];
    expect(verdict(seen(pods, { roles: pair, startsTogether: true }))).toBe(reason);
  });

  test.each<[string, PodState[], string | undefined]>([
    ['a result in a log is still read: the pod ended in time, the operator came late', [inLog], undefined],
    ['what another pod of the run left does not end it', [over(inLog.ended ?? {}, server), running(client)], 'RunningTimeout'],
  ])('%s', (_, pods, reason) => {
    expect(verdict(seen(pods, pods.length > 1 ? { roles: pair } : {}), start + 60 * minute)).toBe(reason);
  });

  test('the running limit begins when the last pod runs', () => {
    const pods = [running(server), running({ ...client, startedAt: start + minute })];
    expect(deadlineOf(seen(pods, { roles: pair }), late)).toBe(start + 31 * minute);
  });
});

function stuck(message: string): PodState {
  return unschedulable({ waiting: { reason: 'Unschedulable', message } });
}

describe('a run that finds no nodes', () => {
  const half = [running(server), unschedulable(client)];
  const never =
    "0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.";
  const later =
    '0/2 nodes are available: 1 Insufficient memory, 1 node(s) had untolerated taint(s). preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling.';
  const givenBack = Array.from({ length: 10 }, (_, index) => attempt(index, 'Failed', { reason: 'HalfPlaced' }));

  test.each<[string, Observed, string]>([
    ['half of it placed: it gives its nodes back', seen(half, { roles: pair }), 'HalfPlaced'],
    ['none of it placed, nobody else there', seen([unschedulable()]), 'Unschedulable'],
    ['none of it placed, but others hold nodes', seen([unschedulable()], { crowded: true }), 'HalfPlaced'],
    ['others hold nodes, but no node would ever do', seen([stuck(never)], { crowded: true }), 'Unschedulable'],
    ['half of it placed, and no node would ever do for the rest', seen([running(server), stuck(never)], { roles: pair }), 'Unschedulable'],
    ['one node would do if others left', seen([stuck(later)], { crowded: true }), 'HalfPlaced'],
    ['half of it placed, the rest not for want of a node', seen([running(server), pending({}, client)], { roles: pair }), 'PendingTimeout'],
    ['given back too often', seen(half, { roles: pair, status: { attempts: givenBack } }), 'Unschedulable'],
  ])('%s', (_, observed, reason) => {
    expect(verdict(observed)).toBe(reason);
  });

  test('it is queued again and says so', () => {
    const decision = overdue(seen(half, { roles: pair }), late);
    expect(decision && told(decision)).toMatchObject({
      phase: 'Pending',
      reason: 'Retrying',
      message: expect.stringMatching(/queued again$/),
    });
  });
});
