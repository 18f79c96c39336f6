import { expect, test } from '@jest/globals';
import { frameKey } from './assignment.ts';
import { jobSetObject } from './jobset-object.ts';
import type { Pod } from './pod.ts';
import { role, run } from './testing/builders.ts';

const images = { tag: 'test' };
const roles = [role({ name: 'server', ends: false }), role({ name: 'client', replicas: 3, after: ['server'] })];
const made = jobSetObject(run({}, { roles, toldWithin: 60 }), images);

test('it has the name, the attempt and the owner of what it is made for', () => {
  expect(jobSetObject(run({}, { roles, attempt: 2 }), images)).toMatchObject({
    apiVersion: 'jobset.x-k8s.io/v1alpha2',
    kind: 'JobSet',
    metadata: {
      name: 'net-a2',
      namespace: 'bench',
      labels: { 'assay.dev/benchmark': 'net', 'assay.dev/benchmark-uid': 'uid-net', 'assay.dev/attempt': '2' },
      ownerReferences: [expect.objectContaining({ kind: 'Benchmark', uid: 'uid-net', controller: true })],
    },
  });
});

test('a role is one Job with a pod a replica, none of which is made again', () => {
  expect(made.spec.replicatedJobs).toMatchObject([
    { name: 'server', replicas: 1, template: { spec: { parallelism: 1, completions: 1, completionMode: 'Indexed', backoffLimit: 0 } } },
    { name: 'client', replicas: 1, template: { spec: { parallelism: 3, completions: 3, completionMode: 'Indexed', backoffLimit: 0 } } },
  ]);
  expect(made.spec.failurePolicy).toEqual({ maxRestarts: 0 });
});

test('its Jobs can be watched by the same label', () => {
  for (const { name, template } of made.spec.replicatedJobs) {
    expect(template.metadata.labels).toMatchObject({
      'assay.dev/benchmark': 'net',
      'assay.dev/benchmark-uid': 'uid-net',
      'assay.dev/role': name,
    });
  }
});

test('it is complete when those are whose end is the end of the run', () => {
  expect(made.spec.successPolicy).toEqual({ operator: 'All', targetReplicatedJobs: ['client'] });
});

test('a pod learns its number from the Job, and leaves no restart to the kubelet', () => {
  const { spec } = made.spec.replicatedJobs[1]?.template.spec.template ?? {};
  expect(spec?.containers[0]?.env).toContainEqual({
    name: 'ASSAY_REPLICA',
    valueFrom: { fieldRef: { fieldPath: "metadata.labels['batch.kubernetes.io/job-completion-index']" } },
  });
  expect(spec?.restartPolicy).toBe('Never');
});

test('no two roles share a frame key', () => {
  const keys = made.spec.replicatedJobs.map(({ template }) => frameKey(template.spec.template as Pod));
  expect(keys).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)]);
  expect(new Set(keys).size).toBe(2);
});

test('no name server is needed', () => {
  expect(made.spec.network).toEqual({ enableDNSHostnames: false });
});

test.each([
  ['with a queue it waits until Kueue starts it', { queue: 'night' }, true, 'night'],
  ['without one it starts at once', {}, false, undefined],
])('%s', (_, spec, suspend, queue) => {
  const { metadata, spec: own } = jobSetObject(run(spec, { roles }), images);
  expect([own.suspend, metadata.labels?.['kueue.x-k8s.io/queue-name']]).toEqual([suspend, queue]);
});

test('one that nobody is left to delete goes a day after its time', () => {
  expect(jobSetObject(run({ cleanup: { ttlAfterFinished: '1h' } }, { roles }), images).spec.ttlSecondsAfterFinished).toBe(90_000);
});
