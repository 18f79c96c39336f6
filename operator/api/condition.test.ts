import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
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

test.each([
  ['undefined', undefined],
  ['an empty list', []],
])('the first conditions, after %s, are from now', (_, previous) => {
  const state = { status: 'True', reason: 'Valid', message: '' } as const;
  expect(withConditions(previous, { Accepted: state }, 3, now)).toEqual([
    { type: 'Accepted', ...state, observedGeneration: 3, lastTransitionTime: '2026-11-21T12:00:09.000Z' },
  ]);
});

test('the conditions before are not changed in place: they are of a cache', () => {
  const before = [{ ...running }];
  withConditions(before, { Reconciling: { status: 'False', reason: 'Finished', message: 'x' } }, 9, now);
  expect(before).toEqual([running]);
});

test('whatever is said in whatever order, each type is there once, and its time is that of its last change of status', () => {
  const type = fc.constantFrom<Condition['type']>('Accepted', 'Complete', 'Failed');
  const status = fc.constantFrom<Condition['status']>('True', 'False', 'Unknown');
  fc.assert(
    fc.property(fc.array(fc.record({ type, status }), { maxLength: 20 }), (history) => {
      let conditions: Condition[] = [];
      const changed = new Map<string, { status: string; at: number }>();
      for (const [at, one] of history.entries()) {
        conditions = withConditions(conditions, { [one.type]: { status: one.status, reason: 'R', message: String(at) } }, at, at);
        if (changed.get(one.type)?.status !== one.status) changed.set(one.type, { status: one.status, at });
      }
      expect(conditions.map((one) => [one.type, one.status, Date.parse(one.lastTransitionTime)])).toEqual(
        [...changed].map(([name, last]) => [name, last.status, last.at]),
      );
    }),
  );
});
