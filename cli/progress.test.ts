import { describe, expect, test } from '@jest/globals';
import type { Benchmark, BenchmarkSet, BenchmarkSetStatus, BenchmarkStatus } from '../operator/api/types.ts';
import { isFinished, isGood, progressLine, secondsText } from './progress.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

const benchmark = (status: BenchmarkStatus | undefined, generation = 1): Benchmark => ({
  apiVersion: 'assay.dev/v1alpha1',
  kind: 'Benchmark',
  metadata: { name: 'nap', generation },
  spec: {},
  ...(status && { status }),
});

const set = (status: BenchmarkSetStatus): BenchmarkSet => ({
  apiVersion: 'assay.dev/v1alpha1',
  kind: 'BenchmarkSet',
  metadata: { name: 'net', generation: 1 },
  spec: { template: { spec: {} } },
  status,
});

const members = (counts: Partial<BenchmarkSetStatus['members']>) => ({
  total: 9,
  pending: 0,
  running: 0,
  succeeded: 0,
  failed: 0,
  cancelled: 0,
  ...counts,
});

describe('isFinished', () => {
  test.each([
    ['no status yet', undefined, false],
    ['running', { observedGeneration: 1, phase: 'Running' }, false],
    ['succeeded', { observedGeneration: 1, phase: 'Succeeded' }, true],
    ['failed', { observedGeneration: 1, phase: 'Failed' }, true],
    ['cancelled', { observedGeneration: 1, phase: 'Cancelled' }, true],
    ['suspended goes on later', { observedGeneration: 1, phase: 'Suspended' }, false],
  ] as [string, BenchmarkStatus | undefined, boolean][])('%s', (_, status, finished) => {
    expect(isFinished(benchmark(status))).toBe(finished);
  });

  test('a final phase of an older generation is not final', () => {
    expect(isFinished(benchmark({ observedGeneration: 1, phase: 'Cancelled' }, 2))).toBe(false);
  });
});

test.each([
  ['Succeeded', true],
  ['Failed', false],
  ['Cancelled', false],
] as const)('%s is good: %s', (phase, good) => {
  expect(isGood(benchmark({ phase }))).toBe(good);
});

describe('progressLine', () => {
  test.each([
    ['a set that starts', set({}), 'net  Pending'],
    [
      'a set under way',
      set({ phase: 'Running', members: members({ succeeded: 4, running: 1 }), estimatedFinish: '2026-11-21T12:00:12Z' }),
      'net  4 of 9 done, 1 running, about 12 s left',
    ],
    ['failures show', set({ phase: 'Running', members: members({ succeeded: 4, failed: 2 }) }), 'net  6 of 9 done, 2 failed'],
    [
      'a late estimate is not negative',
      set({ members: members({ running: 1 }), estimatedFinish: '2026-11-21T11:59:00Z' }),
      'net  0 of 9 done, 1 running, about 0 s left',
    ],
    ['a finished set', set({ phase: 'Succeeded', members: members({ succeeded: 9 }) }), 'net  9 of 9 done, Succeeded'],
    ['a benchmark without status', benchmark(undefined), 'nap  Pending'],
    ['a finished benchmark', benchmark({ phase: 'Succeeded', summary: '1.00 s' }), 'nap  Succeeded, 1.00 s'],
    [
      'a waiting benchmark says why',
      benchmark({
        phase: 'Pending',
        conditions: [
          {
            type: 'Reconciling',
            status: 'True',
            reason: 'Queued',
            message: 'second in the queue',
            observedGeneration: 1,
            lastTransitionTime: '',
          },
        ],
      }),
      'nap  Pending, second in the queue',
    ],
  ])('%s', (_, object, line) => {
    expect(progressLine(object, now)).toBe(line);
  });
});

test.each([
  [0, '0 s'],
  [44.6, '45 s'],
  [89, '89 s'],
  [90, '2 min'],
  [3600, '60 min'],
  [7500, '2 h 5 min'],
])('%d seconds read %s', (seconds, text) => {
  expect(secondsText(seconds)).toBe(text);
});
