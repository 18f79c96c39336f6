import { describe, expect, test } from '@jest/globals';
import type { EventAbout } from './pod-waiting.ts';
import { waitingOf } from './pod-waiting.ts';
import type { PodStatus } from './pod.ts';
import { runner } from './pod.ts';
import { pod } from './testing/builders.ts';

function scheduled(reason: string, message?: string): PodStatus {
  return {
    phase: 'Pending',
    conditions: [{ type: 'PodScheduled', status: 'False', reason, ...(message === undefined ? {} : { message }) }],
  };
}

function stuck(reason: string, message = 'because'): PodStatus {
  return { phase: 'Pending', containerStatuses: [{ name: runner, state: { waiting: { reason, message } } }] };
}

function event(reason: string, message: string, lastTimestamp = '2026-11-21T12:00:01Z'): EventAbout {
  return { metadata: { name: `${reason}.1` }, reason, message, lastTimestamp, involvedObject: { uid: 'uid-pod' } };
}

describe('without a node', () => {
  test.each<[string, PodStatus, EventAbout[], { reason: string; message: string }]>([
    ['nobody has looked yet', {}, [], { reason: 'Starting', message: 'net-sleeper-0 waits for the scheduler' }],
    [
      'too little CPU',
      scheduled('Unschedulable', '0/2 nodes are available: 2 Insufficient cpu.'),
      [],
      { reason: 'Unschedulable', message: 'net-sleeper-0: 0/2 nodes are available: 2 Insufficient cpu.' },
    ],
    ['no word from the scheduler', scheduled('Unschedulable'), [], { reason: 'Unschedulable', message: 'net-sleeper-0: no node fits' }],
    [
      'a claim that is not there',
      scheduled('Unschedulable', '0/2 nodes are available: persistentvolumeclaim "data" not found.'),
      [],
      { reason: 'VolumePending', message: 'net-sleeper-0: 0/2 nodes are available: persistentvolumeclaim "data" not found.' },
    ],
    [
      'a claim that is not bound',
      scheduled('Unschedulable', 'pod has unbound immediate PersistentVolumeClaims'),
      [],
      { reason: 'VolumePending', message: 'net-sleeper-0: pod has unbound immediate PersistentVolumeClaims' },
    ],
    [
      'a queue that holds it back',
      scheduled('SchedulingGated', 'Scheduling is blocked due to non-empty scheduling gates'),
      [],
      {
        reason: 'SchedulingGated',
        message: 'net-sleeper-0 is held back by a scheduling gate: not named',
      },
    ],
    [
      'an event before the condition',
      {},
      [event('FailedScheduling', 'no nodes available')],
      { reason: 'Unschedulable', message: 'net-sleeper-0: no nodes available' },
    ],
    [
      'the latest of several events',
      {},
      [event('FailedScheduling', 'new', '2026-11-21T12:00:09Z'), event('FailedScheduling', 'old')],
      { reason: 'Unschedulable', message: 'net-sleeper-0: new' },
    ],
  ])('%s', (_, status, events, expected) => {
    expect(waitingOf(pod(status), events)).toEqual(expected);
  });
});

const named = (text: string) => `net-sleeper-0 (container runner): ${text}`;

describe('on a node', () => {
  test.each<[string, PodStatus, EventAbout[], object]>([
    ['being started', {}, [], { reason: 'ContainerCreating', message: 'net-sleeper-0 is being started on node node-1' }],
    ['ErrImagePull', stuck('ErrImagePull', 'not found'), [], { reason: 'ImagePullFailed', message: named('ErrImagePull: not found') }],
    ['ImagePullBackOff', stuck('ImagePullBackOff'), [], { reason: 'ImagePullFailed', message: named('ImagePullBackOff: because') }],
    [
      'a name that is none',
      stuck('InvalidImageName'),
      [],
      { reason: 'ImagePullFailed', message: named('InvalidImageName: because'), final: true },
    ],
    [
      'an image that must be there',
      stuck('ErrImageNeverPull'),
      [],
      { reason: 'ImagePullFailed', message: named('ErrImageNeverPull: because'), final: true },
    ],
    [
      'a Secret that is not there',
      stuck('CreateContainerConfigError'),
      [],
      { reason: 'ConfigError', message: named('CreateContainerConfigError: because') },
    ],
    ['CreateContainerError', stuck('CreateContainerError'), [], { reason: 'ConfigError', message: named('CreateContainerError: because') }],
    ['RunContainerError', stuck('RunContainerError'), [], { reason: 'ConfigError', message: named('RunContainerError: because') }],
    [
      'no more than the usual',
      stuck('ContainerCreating'),
      [],
      { reason: 'ContainerCreating', message: 'net-sleeper-0 is being started on node node-1' },
    ],
    [
      'RegistryUnavailable',
      stuck('RegistryUnavailable'),
      [],
      { reason: 'ImagePullFailed', message: named('RegistryUnavailable: because') },
    ],
    [
      'an image whose signature is wrong',
      stuck('SignatureValidationFailed'),
      [],
      { reason: 'ImagePullFailed', message: named('SignatureValidationFailed: because'), final: true },
    ],
    ['a hook that fails', stuck('PostStartHookError'), [], { reason: 'ConfigError', message: named('PostStartHookError: because') }],
    [
      'a container that is stuck, whatever events say',
      stuck('ErrImagePull'),
      [event('FailedMount', 'timed out')],
      { reason: 'ImagePullFailed', message: named('ErrImagePull: because') },
    ],
    [
      'a missing volume before the network that waits for it',
      {},
      [event('FailedCreatePodSandBox', 'cni', '2026-11-21T12:00:09Z'), event('FailedMount', 'timed out')],
      { reason: 'VolumePending', message: 'net-sleeper-0: timed out' },
    ],
    ['ProvisioningFailed', {}, [event('ProvisioningFailed', 'no space')], { reason: 'VolumePending', message: 'net-sleeper-0: no space' }],
    ['NetworkNotReady', {}, [event('NetworkNotReady', 'no cni')], { reason: 'ConfigError', message: 'net-sleeper-0: no cni' }],
    [
      'events that are no fault',
      {},
      [event('Pulled', 'ok')],
      { reason: 'ContainerCreating', message: 'net-sleeper-0 is being started on node node-1' },
    ],
    ['FailedMount', {}, [event('FailedMount', 'timed out')], { reason: 'VolumePending', message: 'net-sleeper-0: timed out' }],
    ['FailedAttachVolume', {}, [event('FailedAttachVolume', 'in use')], { reason: 'VolumePending', message: 'net-sleeper-0: in use' }],
    ['no network', {}, [event('FailedCreatePodSandBox', 'cni')], { reason: 'ConfigError', message: 'net-sleeper-0: cni' }],
    [
      'an attachment that is not there',
      {},
      [event('FailedCreatePodSandBox', 'plugin type="multus": cannot find a network-attachment-definition (fast) in namespace (bench)')],
      {
        reason: 'NetworkMissing',
        message: 'net-sleeper-0: plugin type="multus": cannot find a network-attachment-definition (fast) in namespace (bench)',
      },
    ],
    [
      'a scheduling event of the past',
      {},
      [event('FailedScheduling', 'old')],
      { reason: 'ContainerCreating', message: 'net-sleeper-0 is being started on node node-1' },
    ],
  ])('%s', (_, status, events, expected) => {
    expect(waitingOf(pod(status, {}, { nodeName: 'node-1' }), events)).toEqual(expected);
  });

  test('an injected init container is looked at, too', () => {
    const status: PodStatus = { initContainerStatuses: [{ name: 'mesh', state: { waiting: { reason: 'ErrImagePull' } } }] };
    expect(waitingOf(pod(status, {}, { nodeName: 'node-1' }), [])).toEqual({
      reason: 'ImagePullFailed',
      message: 'net-sleeper-0 (container mesh): ErrImagePull: no further explanation',
    });
  });
});

const wordless = (reason: string): EventAbout => ({ metadata: { name: 'e' }, reason, involvedObject: { uid: 'uid-pod' } });

describe('a pod that a queue holds back', () => {
  const schedulingGates = [{ name: 'kueue.x-k8s.io/admission' }];

  test.each([
    [
      'names the queue and its gate',
      { labels: { 'kueue.x-k8s.io/queue-name': 'night' } },
      'net-sleeper-0 waits for queue night to admit it (scheduling gate: kueue.x-k8s.io/admission)',
    ],
    ['names the gate where there is no queue', {}, 'net-sleeper-0 is held back by a scheduling gate: kueue.x-k8s.io/admission'],
  ])('%s', (_, metadata, message) => {
    const gated = pod(scheduled('SchedulingGated'), metadata, { schedulingGates });
    expect(waitingOf(gated, [])).toEqual({ reason: 'SchedulingGated', message });
  });
});

describe('words that are missing', () => {
  test.each<[string, object, EventAbout[], string]>([
    ['of the scheduler', {}, [wordless('FailedScheduling')], 'net-sleeper-0: no node fits'],
    ['of the volume', { nodeName: 'node-1' }, [wordless('FailedMount')], 'net-sleeper-0: FailedMount'],
    ['of the network', { nodeName: 'node-1' }, [wordless('NetworkNotReady')], 'net-sleeper-0: NetworkNotReady'],
  ])('%s are replaced by what is known', (_, spec, events, message) => {
    expect(waitingOf(pod({}, {}, spec), events).message).toBe(message);
  });
});

describe('the latest event is found by', () => {
  const early = event('FailedScheduling', 'early', '2026-11-21T12:00:05Z');
  const late = { ...early, message: 'late' };

  test.each<[string, EventAbout]>([
    ['its last time', { ...late, lastTimestamp: '2026-11-21T12:00:06Z' }],
    ['its event time, as new clients write', { ...late, lastTimestamp: null, eventTime: '2026-11-21T12:00:06.5Z' }],
    [
      'when it was made, where it has no other',
      { ...late, lastTimestamp: null, eventTime: null, metadata: { name: 'e', creationTimestamp: '2026-11-21T12:00:06Z' } },
    ],
  ])('%s', (_, other) => {
    expect(waitingOf(pod(), [other, early]).message).toBe('net-sleeper-0: late');
  });

  test('one of no time is the oldest', () => {
    expect(waitingOf(pod(), [early, { ...late, lastTimestamp: 'soon' }]).message).toBe('net-sleeper-0: early');
  });
});

test('what the scheduler says counts while it has found no node, whatever a container says', () => {
  const status = { ...stuck('ErrImagePull'), ...scheduled('Unschedulable', 'no room') };
  expect(waitingOf(pod(status), [])).toEqual({ reason: 'Unschedulable', message: 'net-sleeper-0: no room' });
});

test('a message of any length stays one that a status can hold', () => {
  expect(waitingOf(pod(scheduled('Unschedulable', 'n'.repeat(100_000))), []).message.length).toBeLessThan(1100);
});
