import { describe, expect, test } from '@jest/globals';
import { framesOf } from '../../measure/frame.ts';
import { frameKey } from './assignment.ts';
import { frameOf, resultFromLog } from './pod-frame.ts';
import type { Pod } from './pod.ts';
import { endedPod, framed, pod, record } from './testing/builders.ts';

const labels = (index: number, role = 'sleeper') => ({
  ...pod().metadata.labels,
  'assay.dev/role': role,
  'assay.dev/index': String(index),
});

/** Pods from one template have one key. */
function sibling(own: Pod, message: string, metadata: Partial<Pod['metadata']>): Pod {
  const made = endedPod({ message }, {}, metadata);
  return { ...made, spec: { ...made.spec, containers: own.spec.containers } };
}

describe('a record counts only for the pod that it names', () => {
  test.each([
    ['itself', 1, 'sleeper', 'Verified'],
    ['another one of its role', 0, 'sleeper', 'Corrupt'],
    ['one of another role', 1, 'client', 'Corrupt'],
  ])('%s', (_, index, role, frame) => {
    const own = endedPod({ message: framed({ index: 1 }) });
    const message = own.status?.containerStatuses?.[0]?.state?.terminated?.message ?? '';
    expect(frameOf(sibling(own, message, { labels: labels(index, role) })).frame).toBe(frame);
  });

  test('also where it stands in the log', () => {
    const own = endedPod();
    const { message } = framesOf(record({ index: 4 }), frameKey(own) ?? '');
    expect(resultFromLog(own, message)).toEqual({ frame: 'Corrupt', message: 'it is that of sleeper 4, and not of sleeper 0' });
  });
});

test('a pod that has not ended has left nothing', () => {
  expect(frameOf(pod())).toEqual({ frame: 'Missing' });
});
