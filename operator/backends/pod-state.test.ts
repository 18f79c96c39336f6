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
    ip: '10.0.0.7',
  });
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

test('labels that somebody changed to no numbers count as 0', () => {
  const labels = { 'assay.dev/index': '-1', 'assay.dev/attempt': 'x' };
  expect(podState(pod({}, { labels }), [])).toMatchObject({ role: '', index: 0, attempt: 0 });
});
