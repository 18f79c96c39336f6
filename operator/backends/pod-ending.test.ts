import { describe, expect, test } from '@jest/globals';
import type { Pod, PodStatus } from './pod.ts';
import { disruptionOf, endedOf } from './pod-ending.ts';
import { endedPod, framed, pod, record } from './testing/builders.ts';

function target(reason: string): PodStatus {
  return { conditions: [{ type: 'DisruptionTarget', status: 'True', reason, message: 'said by the cluster' }] };
}

describe('a pod that has not ended', () => {
  test.each<[string, Pod]>([
    ['pending', pod()],
    ['running', pod({ phase: 'Running', containerStatuses: [{ name: 'runner', state: { running: {} } }] })],
    [
      'with another container ended',
      pod({ phase: 'Running', containerStatuses: [{ name: 'mesh', state: { terminated: { exitCode: 0 } } }] }),
    ],
  ])('%s', (_, own) => {
    expect(endedOf(own)).toBeUndefined();
  });
});

describe('with a frame', () => {
  test('the record is the verdict', () => {
    expect(endedOf(endedPod({ message: framed() }))).toMatchObject({ frame: 'Verified', exitCode: 0, record: record() });
  });

  test('a record of failure brings its own reason', () => {
    const failure = framed({ outcome: 'Failed', reason: 'ToolMissing', message: 'iperf3 is not installed', metrics: [] });
    expect(endedOf(endedPod({ exitCode: 1, message: failure }))).toMatchObject({
      reason: 'ToolMissing',
      message: 'iperf3 is not installed',
    });
  });

  test('KP-30 a sidecar that runs on does not hide it', () => {
    expect(endedOf(endedPod({ message: framed() }, { phase: 'Running' }))).toMatchObject({ frame: 'Verified' });
  });

  test('one that is too large is in the log, and says how large', () => {
    const output = { stdout: Array.from({ length: 4000 }, (_, line) => `${line * 7919}`).join('\n'), stderr: '', truncated: false };
    expect(endedOf(endedPod({ message: framed({ output }) }))).toMatchObject({ frame: 'InLog', length: expect.any(Number) });
  });

  test("another pod's frame is refused", () => {
    expect(endedOf(endedPod({ message: () => framed()(pod()) }))).toMatchObject({
      frame: 'Corrupt',
      reason: 'ResultCorrupt',
      message: expect.stringContaining('its HMAC is not that of its key'),
    });
  });

  test('one that was cut is refused, with what else is known', () => {
    const own = endedPod({ exitCode: 137, reason: 'OOMKilled', message: (made) => framed()(made).slice(0, -80) });
    expect(endedOf(own)).toMatchObject({ reason: 'ResultCorrupt', message: expect.stringMatching(/cut after .* killed for memory/) });
  });
});

describe('without a frame', () => {
  test.each<[string, Pod, string, RegExp]>([
    ['exit code 0', endedPod({ message: 'done' }), 'ResultMissing', /ended well but left no result: done/],
    ['a crash', endedPod({ exitCode: 139, reason: 'Error' }), 'PodFailed', /exit code 139 \(Error\)$/],
    ['out of memory', endedPod({ exitCode: 137, reason: 'OOMKilled' }), 'OutOfMemory', /raise spec\.pod\.resources\.limits\.memory/],
    [
      'no agent in the image',
      endedPod({ exitCode: 128, reason: 'StartError', message: 'exec: "node": not found' }),
      'ConfigError',
      /exec: "node": not found; is spec\.pod\.image/,
    ],
    [
      'evicted',
      endedPod({ exitCode: 137 }, { reason: 'Evicted', message: 'The node was low on memory' }),
      'PodEvicted',
      /low on memory \(node node-1\)/,
    ],
    [
      'an image that cannot be run',
      endedPod({ exitCode: 127, reason: 'ContainerCannotRun', message: 'no tini' }),
      'ConfigError',
      /no tini; is spec\.pod\.image/,
    ],
    ['a crash without a name', endedPod({ exitCode: 1 }), 'PodFailed', /^net-sleeper-0 ended with exit code 1$/],
    ['exit code 0 and no word', endedPod(), 'ResultMissing', /left no result$/],
    [
      'memory of the node, not of the pod',
      endedPod({ exitCode: 137, reason: 'OOMKilled' }, { reason: 'Evicted' }),
      'PodEvicted',
      /no further explanation/,
    ],
    ['succeeded without a container', pod({ phase: 'Succeeded' }), 'PodFailed', /before its container started: Failed: no further/],
    ['evicted before it started', pod({ phase: 'Failed', reason: 'Evicted', message: 'low on disk' }), 'PodEvicted', /low on disk/],
    ['evicted through the API', endedPod({ exitCode: 143 }, target('EvictionByEvictionAPI')), 'PodEvicted', /said by the cluster/],
    ['preempted', endedPod({ exitCode: 143 }, target('PreemptionByScheduler')), 'PodEvicted', /PreemptionByScheduler/],
    ['its node shut down', endedPod({ exitCode: 143 }, { reason: 'Terminated', message: 'node shutdown' }), 'NodeLost', /node shutdown/],
    ['its node gone', pod({ phase: 'Failed', ...target('DeletionByPodGC') }, {}, { nodeName: 'node-1' }), 'NodeLost', /node-1/],
    [
      'refused by the kubelet',
      pod({ phase: 'Failed', reason: 'OutOfcpu', message: 'Node did not have enough' }),
      'PodFailed',
      /before its container started: OutOfcpu/,
    ],
    [
      'an init container failed',
      pod({ phase: 'Failed', initContainerStatuses: [{ name: 'mesh', state: { terminated: { exitCode: 3 } } }] }),
      'PodFailed',
      /init container mesh ended with exit code 3/,
    ],
  ])('%s', (_, own, reason, message) => {
    expect(endedOf(own)).toMatchObject({ frame: 'Missing', reason, message: expect.stringMatching(message) });
  });

  test('what the pod said is bounded and on one line', () => {
    const { message } = endedOf(endedPod({ exitCode: 1, message: `a\u0000\n${'b'.repeat(9000)}` })) ?? {};
    expect(message).toMatch(/: a b{400,}\.\.\.$/);
  });
});

test('an init container that ended well is not blamed', () => {
  const initContainerStatuses = [
    { name: 'good', state: { terminated: { exitCode: 0 } } },
    { name: 'bad', state: { terminated: { exitCode: 3 } } },
  ];
  expect(endedOf(pod({ phase: 'Failed', initContainerStatuses }))?.message).toMatch(
    /: no further explanation; init container bad ended with exit code 3$/,
  );
});

test('a pod that ended before its container has no exit code', () => {
  expect(endedOf(pod({ phase: 'Failed' }))?.exitCode).toBeNull();
});

describe('a result beside a disruption', () => {
  test('is counted: the tool had ended before', () => {
    const own = endedPod({ message: framed() }, target('EvictionByEvictionAPI'));
    expect(endedOf(own)).toMatchObject({ frame: 'Verified', record: { outcome: 'Succeeded' } });
  });

  test('that was cut is refused, and the disruption told', () => {
    const own = endedPod({ exitCode: 143, message: (made) => framed()(made).slice(0, -80) }, target('DeletionByTaintManager'));
    expect(endedOf(own)).toMatchObject({ reason: 'ResultCorrupt', message: expect.stringContaining('said by the cluster') });
  });

  test('that was cut at a good end has nothing more to tell', () => {
    const own = endedPod({ message: (made) => framed()(made).slice(0, -80) });
    expect(endedOf(own)?.message).toMatch(/^the result of net-sleeper-0 is not counted: (?!.*left no result)/);
  });
});

describe('what the cluster is about to do', () => {
  test.each<[string, PodStatus, string | undefined]>([
    ['nothing', {}, undefined],
    ['a taint of a lost node', target('DeletionByTaintManager'), 'NodeLost'],
    ['pressure on the node', target('TerminationByKubelet'), 'PodEvicted'],
    ['something unknown', target('Whim'), undefined],
    ['not any more', { conditions: [{ type: 'DisruptionTarget', status: 'False', reason: 'EvictionByEvictionAPI' }] }, undefined],
    ['room for a more important pod', { reason: 'Preempting' }, 'PodEvicted'],
    ['a node that shuts down', { reason: 'NodeShutdown' }, 'NodeLost'],
    ['the status before the condition', { ...target('EvictionByEvictionAPI'), reason: 'NodeLost' }, 'NodeLost'],
    [
      'another condition of the same reason',
      { conditions: [{ type: 'Ready', status: 'True', reason: 'EvictionByEvictionAPI' }] },
      undefined,
    ],
    ['a lost node as older clusters say it', { reason: 'NodeLost' }, 'NodeLost'],
  ])('%s', (_, status, reason) => {
    expect(disruptionOf(pod(status))?.reason).toBe(reason);
  });
});

test.each<[string, PodStatus, string | undefined, string]>([
  ['and on which node', { reason: 'Evicted', message: 'low on disk' }, 'node-1', 'Evicted: low on disk (node node-1)'],
  ['without a node', { reason: 'Evicted', message: 'low on disk' }, undefined, 'Evicted: low on disk'],
  [
    'without words',
    { conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'DeletionByPodGC' }] },
    undefined,
    'DeletionByPodGC: no further explanation',
  ],
])('a disruption is told in the words of the cluster %s', (_, status, nodeName, message) => {
  expect(disruptionOf(pod(status, {}, nodeName === undefined ? {} : { nodeName }))?.message).toBe(message);
});

const taken = (reason: string) => pod({ conditions: [{ type: 'TerminationTarget', status: 'True', reason, message: 'Preempted' }] });

describe('a pod that a queue takes back', () => {
  test.each(['WorkloadEvicted', 'WorkloadDeleted', 'NoMatchingWorkload', 'NotAdmitted'])('says so: %s', (reason) => {
    expect(disruptionOf(taken(reason))).toEqual({ reason: 'PodEvicted', message: `${reason}: Preempted` });
  });

  test('is left alone by conditions of others', () => {
    expect(disruptionOf(taken('Other'))).toBeUndefined();
  });
});

test('an eviction by Volcano is known by the words that it leaves in the condition Ready', () => {
  const conditions = [{ type: 'Ready', status: 'False', reason: 'Evict', message: 'Pod is evicted, because of preempt' }];
  expect(disruptionOf(pod({ conditions }))).toEqual({ reason: 'PodEvicted', message: 'Pod is evicted, because of preempt' });
  expect(disruptionOf(pod({ conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }] }))).toBeUndefined();
});
