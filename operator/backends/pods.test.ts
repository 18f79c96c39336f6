import { describe, expect, test } from '@jest/globals';
import { framesOf } from '../../measure/frame.ts';
import { frameKey } from './assignment.ts';
import { isPod, podsBackend } from './pods.ts';
import type { Pod } from './pod.ts';
import { endedPod, pod, record, role, run } from './testing/builders.ts';

const backend = podsBackend({ tag: 'test' });
const output = { stdout: Array.from({ length: 4000 }, (_, line) => `${line * 7919}`).join('\n'), stderr: '', truncated: false };
const large = record({ output });

describe('objects', () => {
  test('one pod a replica, claims before them', () => {
    const source = { claimTemplate: { size: '1Gi', accessMode: 'ReadWriteOnce' as const }, shared: true };
    const own = role({ name: 'worker', replicas: 2, volumes: [{ name: 'files', mountPath: '/data', source }] });
    expect(backend.objects(run(), own).map(({ resource, object }) => `${resource.kind} ${object.metadata.name}`)).toEqual([
      'PersistentVolumeClaim net-worker-files',
      'Pod net-worker-0',
      'Pod net-worker-1',
    ]);
  });

  test('no two pods share a key', () => {
    const keys = backend.objects(run(), role({ replicas: 3 })).flatMap(({ object }) => (isPod(object) ? frameKey(object) : []));
    expect(new Set(keys).size).toBe(3);
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
    expect(backend.observe([{ kind: 'PersistentVolumeClaim', metadata: { name: 'c' } }, pod()], [], 0)).toHaveLength(1);
  });

  test('gives each pod the events about it', () => {
    const pods = ['a', 'b'].map((uid) => pod({}, { name: uid, uid }));
    expect(backend.observe(pods, [about('b'), about('a')], 0).map(({ waiting }) => waiting?.message)).toEqual(['a: for a', 'b: for b']);
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
  expect(backend.observe([pod()], events, 0)[0]?.waiting).toMatchObject({ reason: 'Starting' });
});

test('pods and claims are watched', () => {
  expect(backend.watches.map(({ plural }) => plural)).toEqual(['pods', 'persistentvolumeclaims']);
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
