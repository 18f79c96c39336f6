import { expect, test } from '@jest/globals';
import type { Condition } from '../api/condition.ts';
import type { BenchmarkSetStatus } from '../api/types.ts';
import { changeOf } from './progress.ts';

const condition = (more: Partial<Condition> = {}): Condition => ({
  type: 'Reconciling',
  status: 'True',
  reason: 'Running',
  message: '1 of 9 runs',
  observedGeneration: 1,
  lastTransitionTime: '2026-11-21T12:00:00Z',
  ...more,
});
const status: BenchmarkSetStatus = { observedGeneration: 1, phase: 'Running', progress: '1/9', conditions: [condition()] };

test.each<[string, BenchmarkSetStatus | undefined, BenchmarkSetStatus, string]>([
  ['the first status', undefined, status, 'Transition'],
  ['the same', status, JSON.parse(JSON.stringify(status)), 'None'],
  ['more done', status, { ...status, progress: '2/9' }, 'Progress'],
  ['another message', status, { ...status, conditions: [condition({ message: '2 of 9 runs' })] }, 'Progress'],
  ['another reason', status, { ...status, conditions: [condition({ reason: 'BudgetExceeded' })] }, 'Transition'],
  ['another status of a condition', status, { ...status, conditions: [condition({ status: 'False' })] }, 'Transition'],
  ['a further condition', status, { ...status, conditions: [condition(), condition({ type: 'Complete' })] }, 'Transition'],
  ['another phase', status, { ...status, phase: 'Suspended' }, 'Transition'],
  ['another generation', status, { ...status, observedGeneration: 2 }, 'Transition'],
  ['the end', status, { ...status, finishedAt: '2026-11-21T12:00:00Z' }, 'Transition'],
])('%s', (_, before, after, change) => {
  expect(changeOf(before, after)).toBe(change);
});
