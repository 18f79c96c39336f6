import { expect, test } from '@jest/globals';
import type { ContainerStatus, PodStatus } from './pod.ts';
import { hasEnded, runnerStatus } from './pod.ts';
import { pod } from './testing/builders.ts';

const container = (name: string, state: ContainerStatus['state'] = {}) => ({ name, state });
const ended = { terminated: { exitCode: 0 } };

test.each<[string, PodStatus, boolean]>([
  ['without a status', {}, false],
  ['pending', { phase: 'Pending' }, false],
  ['running', { phase: 'Running', containerStatuses: [container('runner', { running: {} })] }, false],
  ['succeeded', { phase: 'Succeeded' }, true],
  ['failed before any container began', { phase: 'Failed' }, true],
  [
    'whose tool ended beside a sidecar',
    { phase: 'Running', containerStatuses: [container('mesh', { running: {} }), container('runner', ended)] },
    true,
  ],
  ['whose sidecar ended', { phase: 'Running', containerStatuses: [container('mesh', ended), container('runner', { running: {} })] }, false],
  ['whose init container ended', { phase: 'Pending', initContainerStatuses: [container('runner', ended)] }, false],
  ['of a node that is silent', { phase: 'Unknown' }, false],
])('a pod %s has ended: %s', (_, status, expected) => {
  expect(hasEnded(pod(status))).toBe(expected);
});

test('the status of the own container is found by name, wherever it stands', () => {
  expect(runnerStatus({ containerStatuses: [container('mesh'), container('runner', ended)] })).toEqual(container('runner', ended));
  expect(runnerStatus({ containerStatuses: [container('mesh')] })).toBeUndefined();
  expect(runnerStatus(undefined)).toBeUndefined();
});
