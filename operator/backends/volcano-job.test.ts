import { describe, expect, test } from '@jest/globals';
import type { BenchmarkSpec } from '../api/types.ts';
import { frameKey } from './assignment.ts';
import { role, run } from './testing/builders.ts';
import { job, pair, podOf } from './testing/volcano.ts';
import { volcanoJob } from './volcano-job.ts';

const specOf = (spec: BenchmarkSpec = {}) => job({}, spec).spec;

test('one Job is the gang of all pods, whole or not at all', () => {
  const roles = [role({ name: 'worker', ends: false, replicas: 3 }), role({ name: 'client' })];
  const { spec } = volcanoJob(run({}, { roles }), { tag: 't' });
  expect(spec.minAvailable).toBe(4);
  expect(spec.tasks.map(({ name, replicas, minAvailable }) => [name, replicas, minAvailable])).toEqual([
    ['worker', 3, 3],
    ['client', 1, 1],
  ]);
});

test('its name, labels and owner tell whose it is and of which attempt', () => {
  expect(volcanoJob(run({}, { attempt: 2, roles: pair }), { tag: 't' }).metadata).toMatchObject({
    name: 'net-a2',
    namespace: 'bench',
    labels: { 'assay.dev/benchmark': 'net', 'assay.dev/benchmark-uid': 'uid-net', 'assay.dev/attempt': '2' },
    ownerReferences: [{ kind: 'Benchmark', uid: 'uid-net', controller: true }],
  });
});

describe('KP-45 queue, scheduler and priority', () => {
  test.each<[string, BenchmarkSpec, object]>([
    ["are Volcano's own where nothing is said", {}, { queue: 'default', schedulerName: 'volcano' }],
    ['are those of the spec', { queue: 'night', priorityClassName: 'low' }, { queue: 'night', priorityClassName: 'low' }],
    ['and another scheduler wins', { schedulerName: 'mine' }, { schedulerName: 'mine' }],
  ])('%s', (_, spec, expected) => {
    expect(specOf(spec)).toMatchObject(expected);
  });

  test('pods have the same priority and scheduler', () => {
    const pods = specOf({ priorityClassName: 'low', schedulerName: 'mine' }).tasks.map(({ template }) => template.spec);
    expect(pods.map(({ priorityClassName, schedulerName }) => [priorityClassName, schedulerName])).toEqual([
      ['low', 'mine'],
      ['low', 'mine'],
    ]);
  });
});

describe('KP-45 policies', () => {
  test('a pod that fails or is taken away ends the Job, which nothing restarts: another run is another attempt', () => {
    expect(specOf()).toMatchObject({ maxRetry: 1, policies: [{ events: ['PodEvicted', 'PodFailed'], action: 'AbortJob' }] });
  });

  test('the end of the role that ends the run ends the others', () => {
    const policies = specOf().tasks.map((task) => task.policies);
    expect(policies).toEqual([undefined, [{ events: ['TaskCompleted'], action: 'CompleteJob' }]]);
  });

  test('where two roles end the run, neither does alone', () => {
    const { tasks } = volcanoJob(run({}, { roles: [role({ name: 'a' }), role({ name: 'b' })] }), { tag: 't' }).spec;
    expect(tasks.map(({ policies }) => policies)).toEqual([undefined, undefined]);
  });

  test('no plugin makes keys, Services or ConfigMaps', () => {
    expect(specOf()).not.toHaveProperty('plugins');
  });
});

describe('a finished Job that no operator is left to delete', () => {
  test.each<[string, BenchmarkSpec['cleanup'], number | undefined]>([
    ['goes after a day', undefined, 86_400],
    ['a day after its time', { ttlAfterFinished: '1h' }, 90_000],
    ['stays where pods are kept', { pods: 'Never' }, undefined],
    ['stays where they may be', { pods: 'OnSuccess' }, undefined],
  ])('%s', (_, cleanup, seconds) => {
    expect(specOf(cleanup ? { cleanup } : {}).ttlSecondsAfterFinished).toBe(seconds);
  });
});

/** Of the client's environment. */
function variable(name: string) {
  return podOf(job(), 'client').spec.containers[0]?.env.find((one) => one.name === name);
}

describe('its pods', () => {
  test('learn their index from the label that Volcano writes', () => {
    expect(variable('ASSAY_REPLICA')).toMatchObject({ valueFrom: { fieldRef: { fieldPath: "metadata.labels['volcano.sh/task-index']" } } });
  });

  test('of two roles have different keys', () => {
    const own = job();
    const keys = ['server', 'client'].map((name) => frameKey(podOf(own, name)));
    expect(new Set(keys).size).toBe(2);
  });

  test('are told their peers later', () => {
    expect(variable('ASSAY_TASK')?.value).toContain('/assay/peers');
  });

  test('stay restricted', () => {
    expect(podOf(job(), 'client').spec).toMatchObject({ automountServiceAccountToken: false, securityContext: { runAsNonRoot: true } });
  });
});
