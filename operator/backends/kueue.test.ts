import { describe, expect, test } from '@jest/globals';
import { kueueMetadata } from './kueue.ts';
import { role, run } from './testing/builders.ts';

const roles = [role({ name: 'worker', replicas: 3 }), role({ name: 'client', after: ['worker'] })];
const group = (attempt: number) => kueueMetadata(run({ queue: 'night' }, { roles, attempt, toldWithin: 60 }));

describe('what Kueue reads', () => {
  test('nothing without a queue', () => {
    expect(kueueMetadata(run({}, { roles, toldWithin: 60 }))).toEqual({ labels: {}, annotations: {} });
  });

  test('the queue alone where a pod is admitted by itself', () => {
    expect(kueueMetadata(run({ queue: 'night' }))).toEqual({ labels: { 'kueue.x-k8s.io/queue-name': 'night' }, annotations: {} });
  });

  test('the group with the number of its pods, and that none is replaced in it', () => {
    expect(group(0)).toEqual({
      labels: { 'kueue.x-k8s.io/queue-name': 'night', 'kueue.x-k8s.io/pod-group-name': 'net-uid-net' },
      annotations: { 'kueue.x-k8s.io/pod-group-total-count': '4', 'kueue.x-k8s.io/retriable-in-group': 'false' },
    });
  });

  test('another group in another attempt, since the first one is never whole again', () => {
    const names = [group(0), group(1)].map(({ labels }) => labels['kueue.x-k8s.io/pod-group-name']);
    expect(names).toEqual(['net-uid-net', 'net-uid-net-a1']);
  });
});
