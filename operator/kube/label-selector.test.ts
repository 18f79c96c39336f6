import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import type { LabelSelector } from './label-selector.ts';
import { meets, selects } from './label-selector.ts';

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

test('two expressions must both hold', () => {
  const matchExpressions = [
    { key: 'app', operator: 'Exists' },
    { key: 'tier', operator: 'NotIn', values: ['front'] },
  ];
  expect(selects({ matchExpressions }, labels)).toBe(false);
});

test('an empty value is a value', () => {
  expect(meets({ key: 'x', operator: 'In', values: [''] }, { x: '' })).toBe(true);
  expect(meets({ key: 'x', operator: 'Exists' }, { x: '' })).toBe(true);
});

test('In without values is never met', () => {
  expect(meets({ key: 'app', operator: 'In' }, labels)).toBe(false);
});

test('In and NotIn are opposites, Exists and DoesNotExist too', () => {
  const word = fc.constantFrom('a', 'b', 'c');
  fc.assert(
    fc.property(fc.dictionary(word, word), word, fc.array(word), (some, key, values) => {
      expect(meets({ key, operator: 'In', values }, some)).toBe(!meets({ key, operator: 'NotIn', values }, some));
      expect(meets({ key, operator: 'Exists' }, some)).toBe(!meets({ key, operator: 'DoesNotExist' }, some));
    }),
  );
});
