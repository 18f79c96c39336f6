import { describe, expect, test } from '@jest/globals';
import { terminationMessage } from '../../measure/frame.ts';
import type { KubeObject } from '../kube/object.ts';
import { frameKey } from './assignment.ts';
import type { Pod } from './pod.ts';
import { benchmark, record, role, run } from './testing/builders.ts';
import { event, job, pair, podGroup, podOf } from './testing/volcano.ts';
import { volcanoBackend } from './volcano.ts';

const backend = volcanoBackend({ tag: 'test' });
const seen = (objects: KubeObject[], events: KubeObject[] = []) => backend.observe(objects, events);
const made = (objects: KubeObject[]) => seen(objects).map(({ name, uid }) => `${name} ${uid || '-'}`);

describe('objects', () => {
  const source = { claimTemplate: { size: '1Gi', accessMode: 'ReadWriteMany' as const } };
  const volume = (shared: boolean) => ({ name: 'files', mountPath: '/data', source: { ...source, shared } });

  test.each([
    ['claims that replicas share come first', true, ['PersistentVolumeClaim net-worker-files', 'Job net']],
    ['claims of one replica come with its pod', false, ['Job net']],
  ])('%s', (_, shared, expected) => {
    const roles = [role({ name: 'worker', replicas: 2, volumes: [volume(shared)] })];
    expect(backend.objects(run({}, { roles }), roles).map(({ resource, object }) => `${resource.kind} ${object.metadata.name}`)).toEqual(
      expected,
    );
  });

  test('nothing for no role', () => {
    expect(backend.objects(run(), [])).toEqual([]);
  });

  test('start together', () => {
    expect([pair, []].map((roles) => backend.startsTogether(benchmark(), roles))).toEqual([true, false]);
  });
});

/** A client with this index, whose record says that it is the first. */
function said(index: number): Pod {
  const pod = podOf(job(), 'client', index);
  const message = terminationMessage(record({ role: 'client', index: 0 }), frameKey(pod) ?? '');
  return { ...pod, status: { containerStatuses: [{ name: 'runner', state: { terminated: { exitCode: 0, message } } }] } };
}

describe('pods', () => {
  const own = job();

  test.each<[string, KubeObject[], string[]]>([
    ['before any is made', [own], ['net-server-0 -', 'net-client-0 -']],
    ['when one is', [own, podOf(own, 'server')], ['net-server-0 uid-server-0', 'net-client-0 -']],
    ['when all are', [own, podOf(own, 'server'), podOf(own, 'client')], ['net-server-0 uid-server-0', 'net-client-0 uid-client-0']],
    [
      'of a Job that is going',
      [job({}, {}, { deletionTimestamp: '2026-11-21T12:00:09Z' }), podOf(own, 'server')],
      ['net-server-0 uid-server-0'],
    ],
    ['of a finished Job', [job({ phase: 'Completed' }), podOf(own, 'client')], ['net-client-0 uid-client-0']],
    ['of an aborted Job', [job({ phase: 'Aborted' })], []],
    ['of what is no Job of Volcano', [{ ...own, apiVersion: 'batch/v1' }], []],
  ])('%s', (_, objects, expected) => {
    expect(made(objects)).toEqual(expected);
  });

  test('are the same, made or not', () => {
    const [server] = seen([own]);
    expect(server).toMatchObject({
      role: 'server',
      index: 0,
      attempt: 0,
      phase: 'Pending',
      holder: 'uid-job',
      createdAt: Date.parse('2026-11-21T12:00:00Z'),
    });
    expect(seen([own, podOf(own, 'server', 0)])[0]).toMatchObject({ role: 'server', index: 0, attempt: 0, holder: 'uid-job' });
  });

  test('KP-34 that a Job of somebody else could ask for without end are bounded', () => {
    const tasks = own.spec.tasks.map((task) => ({ ...task, replicas: 2 ** 31 - 1 }));
    expect(seen([{ ...own, spec: { ...own.spec, tasks } } as KubeObject])).toHaveLength(1000);
  });

  test('wait with the words of their PodGroup', () => {
    const events = [event('uid-group', 'Unschedulable', 'resource in cluster is overused')];
    expect(seen([own, podGroup('Pending')], events)[0]?.waiting?.message).toContain('resource in cluster is overused');
  });

  test('have the index that Volcano gave them', () => {
    expect(seen([podOf(own, 'client', 3)])[0]?.index).toBe(3);
  });

  test('have a record of their own, though the key is that of their role', () => {
    expect(seen([said(0), said(1)]).map(({ ended }) => ended?.frame)).toEqual(['Verified', 'Corrupt']);
  });
});

function holder(...args: Parameters<typeof job>) {
  return backend.holders?.([job(...args)])[0];
}

describe('holders', () => {
  test('a Job holds the pods of its attempt', () => {
    expect(holder()).toEqual({ resource: backend.addOn?.holder, name: 'net', uid: 'uid-job', attempt: 0, deleting: false });
  });

  test('is seen to go', () => {
    const deletionTimestamp = '2026-11-21T12:00:09Z';
    expect(holder({}, {}, { deletionTimestamp })).toMatchObject({ deleting: true, deletedAt: Date.parse(deletionTimestamp) });
  });

  test.each([
    ['Pending', false],
    ['Running', false],
    ['Completing', false],
    ['Completed', false],
    ['Aborting', true],
    ['Aborted', true],
    ['Terminating', true],
    ['Terminated', true],
    ['Failed', true],
  ])('%s is stopped by somebody or something: %s', (phase, expected) => {
    expect(holder({ phase })?.stopped !== undefined).toBe(expected);
  });

  test('KP-45 the reason of a stop is told, or what may be wrong', () => {
    const causes = [{ phase: 'Aborted', message: 'by hand' }, { phase: 'Terminated' }].map(
      (state) => holder(state, { queue: 'night' })?.stopped,
    );
    expect(causes).toEqual([
      { reason: 'JobStopped', message: 'Volcano Job net is Aborted: by hand' },
      { reason: 'JobStopped', message: 'Volcano Job net is Terminated; if nobody stopped it: is there a queue night?' },
    ]);
  });
});

test('KP-34 of what is said in the status of a Job a line is told', () => {
  expect(holder({ phase: 'Aborted', message: `by\nhand ${'x'.repeat(100_000)}` })?.stopped?.message).toMatch(
    /^Volcano Job net is Aborted: by hand x{1,500}\.\.\.$/,
  );
});

test('Jobs, their PodGroups and what Volcano says of them are watched', () => {
  const watches = backend.addOn?.watches.map(({ resource, fieldSelector }) => [resource.plural, fieldSelector]);
  expect(watches).toEqual([
    ['jobs', undefined],
    ['podgroups', undefined],
    ['events', 'involvedObject.kind=PodGroup,reason=Unschedulable'],
    ['events', 'involvedObject.apiVersion=batch.volcano.sh/v1alpha1,reason=FailedCreate'],
  ]);
});
