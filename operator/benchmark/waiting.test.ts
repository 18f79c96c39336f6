import { describe, expect, test } from '@jest/globals';
import type { Observed } from './observed.ts';
import { alone, over, pair, pending, podState, running, seen, start, succeeded, unschedulable } from './testing/builders.ts';
import { progressOf } from './waiting.ts';

const server = { role: 'server' };
const client = { role: 'client' };
const obstacle = {
  reason: 'QuotaExceeded',
  message: 'net-sleeper-0: exceeded quota: pods.',
  final: false,
  since: start,
  at: start,
} as const;

describe('progress that only takes its time', () => {
  test.each<[string, Observed, string, string]>([
    ['no pods', seen(), 'Pending', 'the first pods are being created'],
    ['a container that is being made', seen([pending()]), 'Preparing', 'net-sleeper-0 is being started'],
    [
      'a server without an address',
      seen([running({ ...server, ip: undefined as never })], { roles: pair }),
      'Preparing',
      'waiting for the address of every server',
    ],
    ['all run', seen([running()]), 'Running', '1 pod on node-1'],
    [
      'a pair on two nodes',
      seen([running(server), running({ ...client, node: 'node-2' })], { roles: pair }),
      'Running',
      '2 pods on node-1, node-2',
    ],
    ['results on their way', seen([over({ frame: 'InLog' })]), 'Collecting', '1 of 1 pod ended; their results are being read'],
    [
      'one of two ended',
      seen([running(server), succeeded({}, client)], { roles: pair }),
      'Collecting',
      '1 of 2 pods ended; their results are being read',
    ],
  ])('%s', (_, observed, phase, message) => {
    expect(progressOf(observed)).toMatchObject({ phase, message });
  });

  test('many nodes are counted, not named', () => {
    const pods = Array.from({ length: 9 }, (_, index) => running({ index, node: `node-${index}` }));
    const roles = alone.map((role) => Object.assign({}, role, { replicas: 9 }));
    expect(progressOf(seen(pods, { roles })).message).toBe('9 pods on 9 nodes');
  });
});

describe('progress of pods that start together', () => {
  const together = { roles: pair, startsTogether: true };
  const starting = pending({ message: 'net-server-0 is being started on node node-1' }, server);

  test.each<[string, Observed, string, string]>([
    [
      'a client that runs before its server',
      seen([starting, running(client)], together),
      'Preparing',
      'net-server-0 is being started on node node-1; net-client-0 runs and waits for its address',
    ],
    ['neither runs', seen([starting, pending({}, client)], together), 'Preparing', 'net-server-0 is being started on node node-1'],
    [
      'both run, the client was not told yet',
      seen([running(server), running(client)], together),
      'Preparing',
      'net-client-0 runs and waits for the address of every server',
    ],
    ['the client was told', seen([running(server), running({ ...client, told: 'x' })], together), 'Running', '2 pods on node-1'],
  ])('%s', (_, observed, phase, message) => {
    expect(progressOf(observed)).toMatchObject({ phase, message });
  });
});

describe('progress that somebody may have to help', () => {
  test.each<[string, Observed, string, RegExp]>([
    [
      'no node',
      seen([unschedulable()]),
      'Unschedulable',
      /^0\/2 nodes are available; free a node, or ask for less in spec\.pod\.resources and spec\.placement$/,
    ],
    [
      'no node for an even share',
      seen([pending({ reason: 'Unschedulable', message: "1 node(s) didn't match pod topology spread constraints." })]),
      'Unschedulable',
      /spec\.placement; topology: Any there lets pods of one role share nodes unevenly$/,
    ],
    [
      'an image',
      seen([pending({ reason: 'ImagePullFailed', message: 'not found' })]),
      'ImagePullFailed',
      /^not found; check spec\.pod\.image/,
    ],
    ['a volume', seen([pending({ reason: 'VolumePending', message: 'unbound.' })]), 'VolumePending', /^unbound; check the claim/],
    ['a Secret', seen([pending({ reason: 'ConfigError', message: 'secret' })]), 'ConfigError', /^secret; check what spec\.pod/],
    [
      'an attachment',
      seen([pending({ reason: 'NetworkMissing', message: 'cannot find it' })]),
      'NetworkMissing',
      /^cannot find it; create the NetworkAttachmentDefinition, or correct spec\.network\.name$/,
    ],
    [
      'a queue of the cluster',
      seen([pending({ reason: 'SchedulingGated', message: 'gated' })]),
      'SchedulingGated',
      /^gated; kubectl get localqueues,workloads tells/,
    ],
    ['a quota', seen([], { obstacle }), 'QuotaExceeded', /exceeded quota: pods; raise the quota/],
    ['the stuck one of two', seen([running(server), unschedulable(client)], { roles: pair }), 'Unschedulable', /nodes are available/],
  ])('%s', (_, observed, reason, message) => {
    expect(progressOf(observed)).toMatchObject({ reason, message: expect.stringMatching(message) });
  });

  test('a second server that quota forbids is told though the first one runs', () => {
    expect(progressOf(seen([podState(server)], { roles: pair, obstacle }))).toMatchObject({ phase: 'Preparing', reason: 'QuotaExceeded' });
  });
});
