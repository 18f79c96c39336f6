import { describe, expect, test } from '@jest/globals';

import type { ContainerState } from './pod.ts';
import { podStatus, unschedulable } from './status.ts';
import type { Observation } from './status.ts';
import { container } from './testing.ts';

const [start, later, end] = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', '2026-01-01T00:00:09Z'];
const waiting: ContainerState = { waiting: { reason: 'CreateContainerConfigError', message: 'no command' } };
const running: ContainerState = { running: { startedAt: later } };
const ended = (exitCode: number): ContainerState => ({
  terminated: { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error', startedAt: later, finishedAt: end },
});

function observed(states: ContainerState[], changes: Partial<Observation> = {}) {
  const containers = states.map((state, index) => ({ container: container({ name: `c${index}` }), state }));
  return podStatus({ containers, startTime: start, podIPs: ['127.9.0.2', '::ffff:7f09:2'], hostIP: '127.0.0.1', ...changes });
}

const verdict = { reason: 'DeadlineExceeded', message: 'too long' };

describe('podStatus', () => {
  test.each<[string, ContainerState[], object, string]>([
    ['one waiting', [waiting], {}, 'Pending'],
    ['one running', [running], {}, 'Running'],
    ['one running, one ended', [running, ended(1)], {}, 'Running'],
    ['one running, one waiting', [running, waiting], {}, 'Running'],
    ['all ended well', [ended(0), ended(0)], {}, 'Succeeded'],
    ['one ended badly', [ended(0), ended(137)], {}, 'Failed'],
    ['condemned and running', [running], { verdict }, 'Running'],
    ['condemned and ended well', [ended(0)], { verdict }, 'Failed'],
    ['condemned before anything ran', [waiting], { verdict }, 'Failed'],
  ])('%s', (_, states, changes, phase) => {
    expect(observed(states, changes).phase).toBe(phase);
  });

  test('tells the verdict only when it is carried out', () => {
    expect(observed([running], { verdict }).reason).toBeUndefined();
    expect(observed([ended(0)], { verdict })).toMatchObject(verdict);
  });

  test('names address, start and each container', () => {
    expect(observed([running])).toMatchObject({
      podIP: '127.9.0.2',
      podIPs: [{ ip: '127.9.0.2' }, { ip: '::ffff:7f09:2' }],
      hostIP: '127.0.0.1',
      startTime: start,
      containerStatuses: [{ name: 'c0', image: 'any:1', ready: true, started: true, restartCount: 0, state: running }],
    });
  });

  test.each<[string, ContainerState[], string, string | undefined, string]>([
    ['running', [running], 'True', undefined, later],
    ['waiting', [waiting], 'False', 'ContainersNotReady', start],
    ['one of two waits', [running, waiting], 'False', 'ContainersNotReady', later],
    ['one of two has ended', [running, ended(0)], 'False', 'ContainersNotReady', end],
    ['succeeded', [ended(0)], 'False', 'PodCompleted', end],
    ['failed', [ended(1)], 'False', 'PodFailed', end],
  ])('readiness while %s', (_, states, status, reason, lastTransitionTime) => {
    const ready = observed(states).conditions?.find(({ type }) => type === 'Ready');
    expect(ready).toEqual({ type: 'Ready', status, ...(reason && { reason }), lastTransitionTime });
  });

  test('containers are ready when the pod is', () => {
    const conditions = observed([running]).conditions?.filter(({ type }) => type.endsWith('Ready'));
    expect(conditions?.map(({ status }) => status)).toEqual(['True', 'True']);
  });

  test.each<[string, ContainerState, boolean]>([
    ['waiting', waiting, false],
    ['running', running, true],
    ['ended', ended(0), false],
  ])('a container that is %s is ready: %3$p', (_, state, up) => {
    expect(observed([state]).containerStatuses).toEqual([
      { name: 'c0', image: 'any:1', imageID: '', ready: up, started: up, restartCount: 0, state },
    ]);
  });

  test('containers stand in the order of the specification', () => {
    expect(observed([running, waiting, ended(0)]).containerStatuses?.map(({ name }) => name)).toEqual(['c0', 'c1', 'c2']);
  });

  test('the same observation gives the same status, so that nothing is written twice', () => {
    const twice = [1, 2].map(() => JSON.stringify(observed([running, ended(1)], { verdict })));
    expect(twice[0]).toBe(twice[1]);
  });

  test('a pod that ended by itself has no verdict', () => {
    expect(observed([ended(1)])).not.toHaveProperty('reason');
  });

  test('a placed pod is scheduled', () => {
    expect(observed([waiting]).conditions?.[0]).toMatchObject({ type: 'PodScheduled', status: 'True' });
  });
});

test('unschedulable speaks as the scheduler does', () => {
  expect(unschedulable('0/2 nodes are available.', start)).toEqual({
    phase: 'Pending',
    conditions: [
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/2 nodes are available.', lastTransitionTime: start },
    ],
  });
});
