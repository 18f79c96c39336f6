import { describe, expect, test } from '@jest/globals';
import type { Pod } from './pod.ts';
import { podState } from './pod-state.ts';
import { endedPod, framed, pod } from './testing/builders.ts';

const running = {
  phase: 'Running' as const,
  podIP: '10.0.0.7',
  containerStatuses: [{ name: 'runner', state: { running: { startedAt: '2026-11-21T12:00:05Z' } } }],
};

test('a running pod', () => {
  expect(podState(pod(running, {}, { nodeName: 'node-1' }), [])).toEqual({
    name: 'net-sleeper-0',
    uid: 'uid-pod',
    role: 'sleeper',
    index: 0,
    attempt: 0,
    phase: 'Running',
    deleting: false,
    createdAt: Date.parse('2026-11-21T12:00:00Z'),
    startedAt: Date.parse('2026-11-21T12:00:05Z'),
    node: 'node-1',
    addresses: ['10.0.0.7'],
  });
});

test.each([
  ['all, the primary one first', { podIP: '10.0.0.7', podIPs: [{ ip: '10.0.0.7' }, { ip: 'fd00::7' }] }, ['10.0.0.7', 'fd00::7']],
  ['the primary one where the kubelet tells no more', { podIP: '10.0.0.7' }, ['10.0.0.7']],
  ['none yet', {}, []],
])("a pod's addresses: %s", (_, status, expected) => {
  expect(podState(pod(status), []).addresses).toEqual(expected);
});

test('networks that Multus attached, where it did', () => {
  const annotations = { 'k8s.v1.cni.cncf.io/network-status': '[{"name":"bench/fast","interface":"net1","ips":["192.168.0.7"]}]' };
  const attachments = [{ network: 'bench/fast', interface: 'net1', addresses: ['192.168.0.7'], isDefault: false }];
  expect([podState(pod({}, { annotations }), []).attachments, podState(pod(), [])]).toEqual([
    attachments,
    expect.not.objectContaining({ attachments: expect.anything() }),
  ]);
});

test('what a pod was told of its peers', () => {
  const annotations = { 'assay.dev/peers': '{}', note: 'x' };
  expect([podState(pod({}, { annotations }), []).told, podState(pod(), []).told]).toEqual(['{}', undefined]);
});

test('an ended pod says when', () => {
  expect(podState(endedPod({ message: framed() }), [])).toMatchObject({
    phase: 'Succeeded',
    startedAt: Date.parse('2026-11-21T12:00:05Z'),
    finishedAt: Date.parse('2026-11-21T12:00:09Z'),
    ended: { frame: 'Verified' },
  });
});

describe('phase', () => {
  test.each<[string, Pod, string]>([
    ['nothing known', pod(), 'Pending'],
    ['the own container, while a sidecar is still being made', pod({ ...running, phase: 'Pending' }), 'Running'],
    ['an error, while a sidecar runs on', endedPod({ exitCode: 1 }, { phase: 'Running' }), 'Failed'],
    ['ended well, while a sidecar runs on', endedPod({ exitCode: 0 }, { phase: 'Running' }), 'Succeeded'],
    ['ended by the cluster before its container began', pod({ phase: 'Failed', reason: 'Evicted' }), 'Failed'],
    ['only a sidecar runs', pod({ phase: 'Pending', containerStatuses: [{ name: 'mesh', state: { running: {} } }] }), 'Pending'],
    ['the kubelet is silent', pod({ phase: 'Unknown' }), 'Unknown'],
  ])('%s', (_, own, phase) => {
    expect(podState(own, []).phase).toBe(phase);
  });
});

const waits = (own: Pod) => 'waiting' in podState(own, []);

test('only a pod that does not run yet waits for something', () => {
  expect([waits(pod()), waits(pod(running)), waits(endedPod())]).toEqual([true, false, false]);
});

test('a pod that is being deleted says so, and by whom if the cluster does', () => {
  const conditions = [{ type: 'DisruptionTarget', status: 'True', reason: 'DeletionByTaintManager' }];
  expect(podState(pod({ ...running, conditions }, { deletionTimestamp: '2026-11-21T12:01:00Z' }), [])).toMatchObject({
    deleting: true,
    disruption: { reason: 'NodeLost' },
  });
});

describe('times', () => {
  test('of a deletion are when it was asked for, not when its grace ends', () => {
    const deletion = { deletionTimestamp: '2026-11-21T12:01:00Z', deletionGracePeriodSeconds: 10 };
    const states = [deletion, { deletionTimestamp: '2026-11-21T12:01:00Z' }, {}].map((metadata) => podState(pod(running, metadata), []));
    expect(states.map(({ deletedAt }) => deletedAt)).toEqual([
      Date.parse('2026-11-21T12:00:50Z'),
      Date.parse('2026-11-21T12:01:00Z'),
      undefined,
    ]);
  });

  test('of an end without a container are those of the deletion, where there is one', () => {
    const deleted = pod({ phase: 'Failed' }, { deletionTimestamp: '2026-11-21T12:01:00Z' });
    expect([podState(deleted, []).finishedAt, podState(pod({ phase: 'Failed' }), []).finishedAt]).toEqual([
      Date.parse('2026-11-21T12:01:00Z'),
      undefined,
    ]);
  });

  test('a pod that runs on while it is deleted has no end yet', () => {
    expect(podState(pod(running, { deletionTimestamp: '2026-11-21T12:01:00Z' }), [])).not.toHaveProperty('finishedAt');
  });

  test('that are no times are not known', () => {
    const state = podState(endedPod({ startedAt: 'soon', finishedAt: '' }, {}, { creationTimestamp: 'never' }), []);
    expect(state.createdAt).toBe(0);
    expect(Object.keys(state)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(started|finished)At$/)]));
  });
});

test.each([
  ['0', 0],
  ['12', 12],
  ['999999', 999_999],
  ['1000000', 0],
  ['1e3', 0],
  ['1.5', 0],
])('index label %s is %d', (label, index) => {
  expect(podState(pod({}, { labels: { 'assay.dev/index': label } }), []).index).toBe(index);
});

test('an address that is not given yet is none', () => {
  expect(podState(pod({ ...running, podIP: '' }), []).addresses).toEqual([]);
});

test('labels that somebody changed to no numbers count as 0', () => {
  const labels = { 'assay.dev/index': '-1', 'assay.dev/attempt': 'x' };
  expect(podState(pod({}, { labels }), [])).toMatchObject({ role: '', index: 0, attempt: 0 });
});
