import { expect, test } from '@jest/globals';
import { withConditions } from './condition.ts';
import type { Condition } from './condition.ts';

const then = '2026-11-21T12:00:00.000Z';
const now = Date.parse('2026-11-21T12:00:09Z');
const running: Condition = {
  type: 'Reconciling',
  status: 'True',
  reason: 'Running',
  message: '1 of 2',
  observedGeneration: 1,
  lastTransitionTime: then,
};

test('a new message leaves the time of the last transition', () => {
  const state = { status: 'True', reason: 'Running', message: '2 of 2' } as const;
  expect(withConditions([running], { Reconciling: state }, 2, now)).toEqual([{ ...running, message: '2 of 2', observedGeneration: 2 }]);
});

test('a new status sets it', () => {
  const state = { status: 'False', reason: 'Finished', message: '' } as const;
  expect(withConditions([running], { Reconciling: state }, 1, now)[0]?.lastTransitionTime).toBe('2026-11-21T12:00:09.000Z');
});

test('conditions that are not named stay as they are, new ones come after', () => {
  const state = { status: 'True', reason: 'Finished', message: 'done' } as const;
  const conditions = withConditions([running], { Complete: state }, 1, now);
  expect(conditions.map(({ type }) => type)).toEqual(['Reconciling', 'Complete']);
  expect(conditions[0]).toBe(running);
});
