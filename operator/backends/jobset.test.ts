import { describe, expect, test } from '@jest/globals';
import type { KubeObject } from '../kube/object.ts';
import { jobSetBackend } from './jobset.ts';
import type { JobSet } from './jobset-object.ts';
import { jobSetObject } from './jobset-object.ts';
import type { Pod } from './pod.ts';
import type { EventAbout } from './pod-waiting.ts';
import { pod, role, run } from './testing/builders.ts';

const images = { tag: 'test' };
const backend = jobSetBackend(images);
const roles = [role({ name: 'server', ends: false }), role({ name: 'client', replicas: 2, after: ['server'] })];

/** JobSet net of server 0 and clients 0 and 1. */
function jobSet(
  more: { queue?: string; suspend?: boolean; condition?: string; message?: string; deletionTimestamp?: string } = {},
): JobSet {
  const { queue, suspend, condition, message, ...metadata } = more;
  const object = jobSetObject(run(queue === undefined ? {} : { queue }, { roles }), images);
  return {
    ...object,
    metadata: { ...object.metadata, uid: 'uid-jobset', creationTimestamp: '2026-11-21T12:00:00Z', ...metadata },
    spec: { ...object.spec, ...(suspend === undefined ? {} : { suspend }) },
    status: {
      conditions: condition === undefined ? [] : [{ type: condition, status: 'True', ...(message === undefined ? {} : { message }) }],
    },
  };
}

function job(ofRole: string): KubeObject {
  const owner = { apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', name: 'net', uid: 'uid-jobset', controller: true };
  const labels = { 'assay.dev/role': ofRole };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: `net-${ofRole}-0`, uid: `uid-${ofRole}`, labels, ownerReferences: [owner] },
  };
}

/** A pod as the Job controller makes it from the template. */
function made(ofRole: string, index: number, status: Pod['status'] = { phase: 'Running' }): Pod {
  const owner = { apiVersion: 'batch/v1', kind: 'Job', name: `net-${ofRole}-0`, uid: `uid-${ofRole}`, controller: true };
  const labels = {
    'assay.dev/role': ofRole,
    'assay.dev/attempt': '0',
    'jobset.sigs.k8s.io/jobset-uid': 'uid-jobset',
    'batch.kubernetes.io/job-completion-index': String(index),
  };
  const name = `net-${ofRole}-0-${index}-abcde`;
  return pod(status, { name, uid: `uid-${name}`, labels, ownerReferences: [owner] });
}

function going(one: Pod): Pod {
  return { ...one, metadata: { ...one.metadata, deletionTimestamp: '2026-11-21T12:00:30Z' } };
}

function failedCreate(ofRole: string, message: string): EventAbout {
  return {
    kind: 'Event',
    metadata: { name: 'e', creationTimestamp: '2026-11-21T12:00:01Z' },
    reason: 'FailedCreate',
    message,
    involvedObject: { uid: `uid-${ofRole}` },
  };
}

const waits = (objects: readonly KubeObject[], events: readonly KubeObject[] = []) =>
  backend.observe(objects, events).flatMap(({ uid, waiting }) => (uid === '' && waiting ? [waiting] : []));

const holderOf = (...objects: KubeObject[]) => backend.holders?.(objects)[0];

test('it makes one JobSet, after the claims that its pods share', () => {
  const source = { claimTemplate: { size: '1Gi', accessMode: 'ReadWriteMany' as const }, shared: true };
  const worker = role({ name: 'worker', replicas: 2, volumes: [{ name: 'files', mountPath: '/data', source }] });
  const creations = backend.objects(run({}, { roles: [worker] }), [worker]);
  expect(creations.map(({ resource, object }) => `${resource.kind} ${object.metadata.name}`)).toEqual([
    'PersistentVolumeClaim net-worker-files',
    'JobSet net',
  ]);
});

describe('pods', () => {
  test('each that is to come is there at once, Pending and without an UID', () => {
    expect(backend.observe([jobSet()], [])).toMatchObject([
      { name: 'net-server-0-0', uid: '', holder: 'uid-jobset', role: 'server', index: 0, attempt: 0, phase: 'Pending', addresses: [] },
      { name: 'net-client-0-0', uid: '', holder: 'uid-jobset', role: 'client', index: 0, attempt: 0, phase: 'Pending', addresses: [] },
      { name: 'net-client-0-1', uid: '', holder: 'uid-jobset', role: 'client', index: 1, attempt: 0, phase: 'Pending', addresses: [] },
    ]);
  });

  test('one that was made stands for itself, by the number that its Job gave it', () => {
    const states = backend.observe([jobSet(), job('client'), made('client', 1)], []);
    expect(states.map(({ name, index, holder, uid }) => [name, index, holder, uid !== ''])).toEqual([
      ['net-client-0-1-abcde', 1, 'uid-jobset', true],
      ['net-server-0-0', 0, 'uid-jobset', false],
      ['net-client-0-0', 0, 'uid-jobset', false],
    ]);
  });

  test.each(['Completed', 'Failed'])('of a JobSet that is %s none is to come', (condition) => {
    expect(backend.observe([jobSet({ condition }), made('client', 0)], []).map(({ name }) => name)).toEqual(['net-client-0-0-abcde']);
  });
});

describe('what a pod that is to come waits for', () => {
  test('the Jobs, as long as nothing is known', () => {
    expect(waits([jobSet()])[0]).toEqual({ reason: 'Starting', message: 'the Jobs of JobSet net have made no pod yet' });
  });

  test('its queue', () => {
    expect(waits([jobSet({ queue: 'night' })])[0]).toEqual({
      reason: 'SchedulingGated',
      message: 'JobSet net is suspended until queue night admits it',
    });
  });

  test('whoever suspended it, where there is no queue', () => {
    expect(waits([jobSet({ suspend: true })])[0]?.message).toBe('JobSet net is suspended until whoever suspended it admits it');
  });

  test.each([
    ['a quota', 'Error creating: pods "x" is forbidden: exceeded quota: few', { reason: 'QuotaExceeded' }],
    [
      'rights that its namespace does not give',
      'Error creating: pods "x" is forbidden: violates PodSecurity "restricted:latest"',
      { reason: 'NotAllowed', final: true },
    ],
    ['an account', 'Error creating: pods "x" is forbidden: error looking up service account', { reason: 'ConfigError' }],
  ])('%s, in the words of the Job controller', (_, message, expected) => {
    const [server, client] = waits([jobSet(), job('server'), job('client')], [failedCreate('client', message)]);
    expect(server?.reason).toBe('Starting');
    expect(client).toEqual({ ...expected, message: `the pods of JobSet net cannot be made: ${message}` });
  });

  test('nothing that a Job of the same role of somebody else says', () => {
    const other = { ...job('client'), metadata: { ...job('client').metadata, ownerReferences: [] } };
    expect(waits([jobSet(), other], [failedCreate('client', 'exceeded quota')]).map(({ reason }) => reason)).toEqual([
      'Starting',
      'Starting',
      'Starting',
    ]);
  });
});

describe('the holder', () => {
  test('is the JobSet, of its attempt', () => {
    expect(holderOf(jobSet(), made('client', 0))).toEqual({
      resource: expect.objectContaining({ kind: 'JobSet' }),
      name: 'net',
      uid: 'uid-jobset',
      attempt: 0,
      deleting: false,
    });
  });

  test('that is being deleted says since when', () => {
    expect(holderOf(jobSet({ deletionTimestamp: '2026-11-21T12:00:30Z' }))).toMatchObject({
      deleting: true,
      deletedAt: Date.parse('2026-11-21T12:00:30Z'),
    });
  });

  test('that has failed says why, in the words of its controller', () => {
    expect(holderOf(jobSet({ condition: 'Failed', message: 'first failed job: net-client-0' }))?.stopped).toEqual({
      reason: 'JobStopped',
      message: 'JobSet net failed: first failed job: net-client-0',
    });
  });

  test.each([
    ['that is complete', jobSet({ condition: 'Completed' })],
    ['that waits for its queue', jobSet({ queue: 'night' })],
  ])('%s has not stopped', (_, given) => {
    expect(holderOf(given)?.stopped).toBeUndefined();
  });

  test('that its queue suspends again was evicted: its pods go', () => {
    expect(holderOf(jobSet({ queue: 'night' }), made('server', 0), going(made('client', 0)))?.stopped).toEqual({
      reason: 'PodEvicted',
      message: 'JobSet net was suspended after it had begun; it was admitted by queue night',
    });
  });

  test('whose pods are seen before it is seen to be resumed was not', () => {
    expect(holderOf(jobSet({ queue: 'night' }), made('server', 0), made('client', 0))?.stopped).toBeUndefined();
  });
});

test('it tells what a cluster must have, and the chart’s value', () => {
  expect(backend.addOn?.watches.map(({ resource }) => resource.plural)).toEqual(['jobsets', 'jobs', 'events']);
  expect(backend.addOn).toMatchObject({ chartValue: 'backends.jobSet', install: expect.stringContaining('JobSet') });
});
