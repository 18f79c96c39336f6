import { expect, test } from '@jest/globals';

import type { LabelSelector } from './pod.ts';
import { selects } from './selector.ts';

const labels = { app: 'web', tier: 'front' };
const expression = (key: string, operator: string, ...values: string[]): LabelSelector => ({
  matchExpressions: [{ key, operator, values }],
});

test.each<[string, LabelSelector | undefined, boolean]>([
  ['no selector', undefined, false],
  ['an empty selector', {}, true],
  ['a label', { matchLabels: { app: 'web' } }, true],
  ['a label of another value', { matchLabels: { app: 'db' } }, false],
  ['one label of two', { matchLabels: { app: 'web', zone: 'a' } }, false],
  ['In', expression('app', 'In', 'db', 'web'), true],
  ['In, not among them', expression('app', 'In', 'db'), false],
  ['In, label missing', expression('zone', 'In', 'a'), false],
  ['NotIn', expression('app', 'NotIn', 'db'), true],
  ['NotIn, among them', expression('app', 'NotIn', 'web'), false],
  ['NotIn, label missing', expression('zone', 'NotIn', 'a'), true],
  ['Exists', expression('app', 'Exists'), true],
  ['Exists, label missing', expression('zone', 'Exists'), false],
  ['DoesNotExist', expression('zone', 'DoesNotExist'), true],
  ['DoesNotExist, label there', expression('app', 'DoesNotExist'), false],
  ['an unknown operator', expression('app', 'Like', 'web'), false],
  ['labels and expressions, one of them not met', { matchLabels: { app: 'web' }, ...expression('tier', 'In', 'back') }, false],
])('%s', (_, selector, expected) => {
  expect(selects(selector, labels)).toBe(expected);
});
