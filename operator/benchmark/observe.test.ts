import { describe, expect, test } from '@jest/globals';
import type { Backend, HolderState } from '../backends/backend.ts';
import type { Pod } from '../backends/pod.ts';
import { podsBackend } from '../backends/pods.ts';
import { benchmark, endedPod, pod, record, role } from '../backends/testing/builders.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Memory } from './memory.ts';
import { newMemory, remember } from './memory.ts';
import { observe } from './observe.ts';
import type { Observed } from './observed.ts';
import { attempt, holder, start, unmade } from './testing/builders.ts';

const owner = benchmark();
const backend = podsBackend({ tag: 'test' });

function look(
  pods: Pod[],
  more: { status?: Observed['benchmark']['status']; memory?: Partial<Memory>; claims?: KubeObject[] } = {},
): Observed {
  const own = more.status ? { ...owner, status: more.status } : owner;
  const memory = { ...newMemory('uid-net'), ...more.memory };
  return observe(
    own,
    { spec: owner.spec, workload: 'sleep', roles: [], cautions: [] },
    backend,
    { pods, claims: more.claims ?? [], events: [] },
    memory,
    start,
  );
}

describe('of what belongs to a benchmark', () => {
  test('nothing else is seen', () => {
    expect(look([pod(), pod({}, { name: 'forged', ownerReferences: [] })]).pods.map(({ name }) => name)).toEqual(['net-sleeper-0']);
  });

  test('claims are seen, too', () => {
    const { metadata } = pod();
    const claim = { metadata: { ...metadata, name: 'net-files', uid: 'uid-files' } };
    expect(look([], { claims: [claim, { metadata: { name: 'mine' } }] }).claims).toEqual([
      { name: 'net-files', uid: 'uid-files', deleting: false },
    ]);
  });
});

test('a pod has the address of the family that the benchmark asks for', () => {
  const dual = pod({ podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] });
  const asked = benchmark({ network: { ipFamily: 'IPv6' } });
  const checked = { spec: asked.spec, workload: 'sleep', roles: [], cautions: [] };
  const observed = observe(asked, checked, backend, { pods: [dual], claims: [], events: [] }, newMemory('uid-net'), start);
  expect([observed, look([dual])].map(({ pods }) => pods[0]?.ip)).toEqual(['fd00::1', '10.0.0.1']);
});

test('a run in a queue starts together', () => {
  const roles = [role(), role({ name: 'client', after: ['sleeper'] })];
  const together = [benchmark({ queue: 'night' }), owner].map((own) => {
    const checked = { spec: own.spec, workload: 'sleep', roles, cautions: [] };
    return observe(own, checked, backend, { pods: [], claims: [], events: [] }, newMemory('uid-net'), start).startsTogether;
  });
  expect(together).toEqual([true, false]);
});

test('pods of closed attempts stand apart', () => {
  const labels = { ...pod().metadata.labels, 'assay.dev/attempt': '1' };
  const observed = look([pod(), pod({}, { name: 'net-sleeper-0-a1', labels })], { status: { attempts: [attempt(0, 'Failed')] } });
  expect([observed.pods, observed.earlier].map((pods) => pods.map(({ name }) => name))).toEqual([['net-sleeper-0-a1'], ['net-sleeper-0']]);
});

const remembered = (index: number) => ({ pods: new Map([['net-sleeper-0', { uid: 'uid-pod', role: 'sleeper', attempt: index }]]) });

describe('pods that are gone', () => {
  const written = { attempts: [{ index: 0, pods: [{ name: 'net-sleeper-0', role: 'sleeper' }] }] };
  const gone = [{ name: 'net-sleeper-0', role: 'sleeper' }];

  test.each<[string, Observed, Observed['vanished']]>([
    ['were written into the status', look([], { status: written }), gone],
    ['were seen a moment ago', look([], { memory: remembered(0) }), gone],
    ['both', look([], { status: written, memory: remembered(0) }), gone],
    ['are there after all', look([pod()], { status: written, memory: remembered(0) }), []],
    ['belonged to an attempt before', look([], { status: { attempts: [attempt(0, 'Failed')] }, memory: remembered(0) }), []],
    ['were never there', look([]), []],
  ])('%s', (_, observed, expected) => {
    expect(observed.vanished).toEqual(expected);
  });
});

describe('what the operator itself knows', () => {
  test('a record from the log is that of the pod', () => {
    const observed = look([endedPod({ exitCode: 0 })], { memory: { records: new Map([['uid-pod', record()]]) } });
    expect(observed.pods[0]?.ended).toMatchObject({ frame: 'Verified', record: record() });
  });

  test('a pod whose deletion was asked for is going, though the cache does not know', () => {
    expect(look([pod()], { memory: { deleted: new Set(['uid-pod']) } }).pods[0]?.deleting).toBe(true);
  });

  test('an obstacle and results that could not be published', () => {
    const obstacle = { reason: 'QuotaExceeded', message: 'full', final: false, since: start, at: start } as const;
    expect(look([], { memory: { obstacle, unpublished: 'taken' } })).toMatchObject({ obstacle, unpublished: 'taken' });
  });
});

const job = { kind: 'Job', metadata: { ...pod().metadata, name: 'net', uid: 'uid-job' } };
const heldPod = (uid = 'uid-pod') =>
  pod({}, { uid, ownerReferences: [{ apiVersion: 'v1', kind: 'Job', name: 'net', uid: 'uid-job', controller: true }] });

/** A backend whose only Job holds a pod `net-sleeper-0`, made or not. */
function holding(state: Partial<HolderState> = {}): Backend {
  return {
    ...backend,
    holders: (objects) => objects.flatMap(({ kind }) => (kind === 'Job' ? [holder(state)] : [])),
    observe: (objects, about) => {
      const made = backend.observe(objects, about).map((one) => Object.assign(one, { holder: 'uid-job' }));
      return made.length > 0 || !objects.some(({ kind }) => kind === 'Job') ? made : [unmade()];
    },
  };
}

/** A benchmark with these objects, if there is a Job in a state. */
function held(objects: KubeObject[], memory: Partial<Memory> = {}, state: Partial<HolderState> = {}): Observed {
  const sources = { pods: objects.filter(({ kind }) => kind === 'Pod'), holders: objects.filter(({ kind }) => kind !== 'Pod') };
  const checked = { spec: owner.spec, workload: 'sleep', roles: [], cautions: [] };
  return observe(owner, checked, holding(state), { ...sources, claims: [], events: [] }, { ...newMemory('uid-net'), ...memory }, start);
}

describe('pods that something holds', () => {
  const remembers = { holders: new Map([['uid-job', { name: 'Job net', attempt: 0 }]]) };

  test('are seen with it, whether made or not', () => {
    expect([held([job, heldPod()]), held([job])].map(({ pods }) => pods.map(({ uid }) => uid))).toEqual([['uid-pod'], ['']]);
  });

  test.each<[string, Observed, string[], string[]]>([
    ['was not made yet', held([job]), ['net-sleeper-0'], []],
    ['was made, and is gone', held([job], remembered(0)), [], ['net-sleeper-0']],
    ['was made anew in its place', held([job, heldPod('uid-new')], remembered(0)), ['net-sleeper-0'], ['net-sleeper-0']],
    ['will not be made, since its holder goes', held([job], { deleted: new Set(['uid-job']) }), [], []],
  ])('one that %s', (_, { pods, vanished }, there, gone) => {
    expect([pods, vanished].map((list) => list.map(({ name }) => name))).toEqual([there, gone]);
  });

  test('what was made anew stays known as gone, however often it is looked at', () => {
    const memory = newMemory('uid-net');
    for (const uid of ['uid-pod', 'uid-new']) {
      remember({ pods: [{ name: 'net-sleeper-0', uid, role: 'sleeper', attempt: 0 }], holders: [] }, memory);
    }
    expect(held([job, heldPod('uid-new')], memory).vanished.map(({ name }) => name)).toEqual(['net-sleeper-0']);
  });

  test.each<[string, Observed, string | undefined]>([
    ['is there', held([job], remembers), undefined],
    ['was never there', held([]), undefined],
    ['is gone', held([], remembers), 'Job net, which held the pods, was deleted by somebody else while the benchmark needed it'],
    [
      'is going',
      held([job], {}, { deleting: true }),
      'net, which held the pods, was deleted by somebody else while the benchmark needed it',
    ],
    ['stopped', held([job], {}, { stopped: { reason: 'JobStopped', message: 'aborted' } }), 'aborted'],
    ['is of another attempt', held([job], {}, { deleting: true, attempt: 3 }), undefined],
  ])('a holder that %s', (_, { stopped }, message) => {
    expect(stopped?.message).toBe(message);
  });
});
