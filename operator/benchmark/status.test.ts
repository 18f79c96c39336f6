import { describe, expect, test } from '@jest/globals';
import type { BenchmarkPhase } from '../api/types.ts';
import { isFinal, isOver, isWorthRetrying, statusOf } from './status.ts';
import { second, seen, start } from './testing/builders.ts';

const now = start + second;

function trueConditions(phase: BenchmarkPhase): string[] {
  const { conditions = [] } = statusOf(seen(), now, { phase, reason: 'Why', message: 'because' });
  return conditions.filter(({ status }) => status === 'True').map(({ type }) => type);
}

describe('conditions say what the phase says', () => {
  test.each<[BenchmarkPhase, string[]]>([
    ['Pending', ['Accepted', 'Reconciling']],
    ['Preparing', ['Accepted', 'Reconciling']],
    ['Running', ['Accepted', 'Reconciling']],
    ['Collecting', ['Accepted', 'Reconciling']],
    ['Suspended', ['Accepted', 'Suspended']],
    ['Succeeded', ['Accepted', 'Complete']],
    ['Failed', ['Accepted', 'Failed', 'Stalled']],
    ['Cancelled', ['Accepted', 'Failed']],
  ])('%s', (phase, types) => {
    expect(trueConditions(phase)).toEqual(types);
  });

  test('a refused spec is not accepted, with what is wrong with it', () => {
    const refused = { reason: 'InvalidSpec', message: 'spec.sleep.duration: wrong' } as const;
    const { conditions } = statusOf(seen([], { refused }), now, { phase: 'Failed', ...refused });
    expect(conditions?.find(({ type }) => type === 'Accepted')).toMatchObject({ status: 'False', ...refused });
  });

  test('none says more than an API server takes, whatever the user wrote', () => {
    const refused = { reason: 'InvalidSpec', message: 'm'.repeat(100_000) } as const;
    const { conditions = [] } = statusOf(seen([], { refused }), now, { phase: 'Failed', ...refused });
    expect(conditions.filter(({ message }) => message.length > 32_768)).toEqual([]);
  });
});

test('a status speaks of the generation that was looked at', () => {
  const observed = seen();
  observed.benchmark.metadata.generation = 7;
  const status = statusOf(observed, now, { phase: 'Running', reason: 'Running', message: '' });
  expect([status.observedGeneration, status.conditions?.[0]?.observedGeneration]).toEqual([7, 7]);
});

test('a condition keeps the time of its last change', () => {
  const first = statusOf(seen(), now, { phase: 'Running', reason: 'Running', message: '1' });
  const later = statusOf(seen([], { status: first }), now + second, { phase: 'Running', reason: 'Running', message: '2' });
  expect(later.conditions?.map(({ lastTransitionTime }) => lastTransitionTime)).toEqual(
    first.conditions?.map(({ lastTransitionTime }) => lastTransitionTime),
  );
});

test('messages are bounded', () => {
  const { conditions = [] } = statusOf(seen(), now, { phase: 'Failed', reason: 'X', message: 'y'.repeat(1e6) });
  expect(JSON.stringify(conditions).length).toBeLessThan(8000);
});

test.each([
  [undefined, false],
  ['Suspended', false],
  ['Collecting', false],
  ['Succeeded', true],
  ['Failed', true],
  ['Cancelled', true],
] as const)('phase %s is final: %s', (phase, expected) => {
  expect(isFinal(phase ? { phase } : undefined)).toBe(expected);
});

describe('over', () => {
  const refused = { reason: 'InvalidSpec', message: 'wrong' } as const;
  const rejected = statusOf(seen([], { refused }), now, { phase: 'Failed', ...refused });
  const failed = statusOf(seen(), now, { phase: 'Failed', reason: 'ToolFailed', message: '' });

  test.each([
    ['running', { phase: 'Running' as const }, 1, false],
    ['failed', failed, 1, true],
    ['failed, whatever becomes of the spec', failed, 2, true],
    ['refused', rejected, 1, true],
    ['refused, and mended since', rejected, 2, false],
  ])('%s', (_, status, generation, expected) => {
    const { benchmark } = seen([], { status });
    benchmark.metadata.generation = generation;
    expect(isOver(benchmark)).toBe(expected);
  });
});

test.each([
  ['ToolFailed', true],
  ['NodeLost', true],
  ['ImagePullFailed', true],
  ['InvalidSpec', false],
  ['NotAllowed', false],
  ['NameConflict', false],
] as const)('another attempt after %s: %s', (reason, expected) => {
  expect(isWorthRetrying(reason)).toBe(expected);
});
