import { describe, expect, test } from '@jest/globals';
import { framesOf } from '../../measure/frame.ts';
import { frameKey } from './assignment.ts';
import type { Pod } from './pod.ts';
import { isPod } from './pod.ts';
import { podsBackend } from './pods.ts';
import { endedPod, pod, record, role, run } from './testing/builders.ts';

const backend = podsBackend({ tag: 'test' });
const output = { stdout: Array.from({ length: 4000 }, (_, line) => `${line * 7919}`).join('\n'), stderr: '', truncated: false };
const large = record({ output });

describe('objects', () => {
  test('one pod a replica, claims before them', () => {
    const source = { claimTemplate: { size: '1Gi', accessMode: 'ReadWriteOnce' as const }, shared: true };
    const own = role({ name: 'worker', replicas: 2, volumes: [{ name: 'files', mountPath: '/data', source }] });
    expect(backend.objects(run(), [own]).map(({ resource, object }) => `${resource.kind} ${object.metadata.name}`)).toEqual([
      'PersistentVolumeClaim net-worker-files',
      'Pod net-worker-0',
      'Pod net-worker-1',
    ]);
  });

  test('no two pods share a key', () => {
    const keys = backend.objects(run(), [role({ replicas: 3 })]).flatMap(({ object }) => (isPod(object) ? frameKey(object) : []));
    expect(new Set(keys).size).toBe(3);
  });
});

describe('starts together', () => {
  const pair = [role({ name: 'server' }), role({ name: 'client', after: ['server'] })];

  test.each([
    ['a pair in a queue', { queue: 'night' }, pair, true],
    ['two pods of one role in a queue', { queue: 'night' }, [role({ replicas: 2 })], true],
    ['one pod in a queue', { queue: 'night' }, [role()], false],
    ['a pair without a queue', {}, pair, false],
    ['a spec that was refused', { queue: 'night' }, [], false],
  ])('%s', (_, spec, roles, expected) => {
    expect(backend.startsTogether(run(spec).benchmark, roles)).toBe(expected);
  });

  test('a pair has all that a queue needs to admit it whole, and the client its file of peers', () => {
    const whole = run({ queue: 'night' }, { roles: pair, toldWithin: 60 });
    const made = backend
      .objects(whole, pair)
      .map(({ object }) => object)
      .filter(isPod);
    const groups = made.map(({ metadata }) => metadata.labels?.['kueue.x-k8s.io/pod-group-name']);
    const counts = made.map(({ metadata }) => metadata.annotations?.['kueue.x-k8s.io/pod-group-total-count']);
    expect([groups, counts]).toEqual([
      ['net-uid-net', 'net-uid-net'],
      ['2', '2'],
    ]);
    expect(made.map(({ spec }) => spec.volumes.length)).toEqual([1, 2]);
  });

  test("the user's annotations change nothing about the group", () => {
    const annotations = { 'kueue.x-k8s.io/pod-group-total-count': '1', note: 'x' };
    const whole = run({ queue: 'night', pod: { annotations } }, { roles: pair, toldWithin: 60 });
    const [made] = backend.objects(whole, [role()]);
    expect(made?.object.metadata.annotations).toMatchObject({ 'kueue.x-k8s.io/pod-group-total-count': '2', note: 'x' });
  });
});

const about = (uid: string) => ({
  metadata: { name: uid },
  reason: 'FailedScheduling',
  message: `for ${uid}`,
  involvedObject: { uid },
});

describe('observe', () => {
  test('leaves out what is no pod', () => {
    expect(backend.observe([{ kind: 'PersistentVolumeClaim', metadata: { name: 'c' } }, pod()], [])).toHaveLength(1);
  });

  test('gives each pod the events about it', () => {
    const pods = ['a', 'b'].map((uid) => pod({}, { name: uid, uid }));
    expect(backend.observe(pods, [about('b'), about('a')]).map(({ waiting }) => waiting?.message)).toEqual(['a: for a', 'b: for b']);
  });
});

/** A pod whose termination message points into the log, and that log. */
function spoken(): { own: Pod; log: string } {
  let log = '';
  const own = endedPod({
    message: (made) => {
      const frames = framesOf(large, frameKey(made) ?? '');
      log = frames.log ?? '';
      return frames.message;
    },
  });
  return { own, log };
}

test('events about nothing, or about something else, are passed over', () => {
  const events = [{ metadata: { name: 'e' }, reason: 'FailedScheduling', message: 'lost' }, about('other')];
  expect(backend.observe([pod()], events)[0]?.waiting).toMatchObject({ reason: 'Starting' });
});

test('plain Kubernetes will do', () => {
  expect(backend).not.toHaveProperty('addOn');
});

describe('result from the log', () => {
  test('is missing of what is no pod', () => {
    expect(backend.resultFromLog({ kind: 'Job', metadata: { name: 'j' } }, spoken().log)).toEqual({ frame: 'Missing' });
  });

  test("is not another pod's, though nothing names the one that is meant", () => {
    const { log } = spoken();
    expect(backend.resultFromLog(endedPod(), log)).toMatchObject({ frame: 'Corrupt' });
  });

  test('is the frame that the termination message names, whatever stands around it', () => {
    const { own, log } = spoken();
    expect(backend.resultFromLog(own, `${'noise\n'.repeat(1000)}${log}more noise`)).toEqual({ frame: 'Verified', record: large });
  });

  test('is corrupt when the log has lost it', () => {
    const { own, log } = spoken();
    expect(backend.resultFromLog(own, log.slice(0, log.length / 2))).toMatchObject({ frame: 'Corrupt' });
  });

  test('is no other frame, even one of the same key', () => {
    const { own } = spoken();
    const other = framesOf(record({ output: { ...output, truncated: true } }), frameKey(own) ?? '').log ?? '';
    expect(backend.resultFromLog(own, other)).toMatchObject({ frame: 'Corrupt' });
  });

  test('is any sound one where there is no termination message', () => {
    const own = endedPod();
    expect(backend.resultFromLog(own, framesOf(record(), frameKey(own) ?? '').message)).toEqual({ frame: 'Verified', record: record() });
  });

  test('is missing in a log without a frame', () => {
    expect(backend.resultFromLog(endedPod(), 'Killed\n')).toEqual({ frame: 'Missing' });
  });
});
