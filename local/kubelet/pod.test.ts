import { expect, test } from '@jest/globals';
import { hasEnded } from './pod.ts';
import type { PodStatus } from './pod.ts';
import { pod } from './testing.ts';

test.each<[PodStatus | undefined, boolean]>([
  [undefined, false],
  [{}, false],
  [{ phase: 'Pending' }, false],
  [{ phase: 'Running' }, false],
  [{ phase: 'Unknown' }, false],
  [{ phase: 'Succeeded' }, true],
  [{ phase: 'Failed' }, true],
])('a pod with status %j has ended: %p', (status, expected) => {
  expect(hasEnded({ ...pod(), ...(status ? { status } : {}) })).toBe(expected);
});
