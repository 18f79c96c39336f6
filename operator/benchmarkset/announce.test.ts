import { expect, test } from '@jest/globals';
import type { Condition } from '../api/condition.ts';
import { announce } from './announce.ts';
import { benchmarkSet } from './builders.ts';

const condition = (type: Condition['type'], status: Condition['status'] = 'True'): Condition => ({
  type,
  status,
  reason: 'Reason',
  message: 'message',
  observedGeneration: 1,
  lastTransitionTime: '2026-11-21T12:00:00Z',
});
const events = (before: Condition[], after: Condition[]) => {
  const said: string[] = [];
  const recorder = { record: (_: unknown, type: string, reason: string) => void said.push(`${type} ${reason}`) };
  announce(recorder, benchmarkSet({}, { conditions: before }), { conditions: after });
  return said;
};

test.each<[string, Condition[], Condition[], string[]]>([
  ['completion', [], [condition('Complete')], ['Normal Reason']],
  ['failure is a warning', [], [condition('Failed')], ['Warning Reason']],
  ['acceptance', [], [condition('Accepted')], ['Normal Reason']],
  ['what was said before is not said again', [condition('Complete')], [condition('Complete')], []],
  ['what is not true is not said', [], [condition('Failed', 'False')], []],
  ['progress is not said', [], [condition('Reconciling')], []],
])('%s', (_, before, after, said) => {
  expect(events(before, after)).toEqual(said);
});
