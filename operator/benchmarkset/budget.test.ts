import { expect, test } from '@jest/globals';
import { isOverBudget } from './budget.ts';

test.each<[string | number | undefined, number, number, boolean]>([
  [undefined, 10, 10, false],
  [0, 0, 10, false],
  [0, 1, 10, true],
  [3, 3, 10, false],
  [3, 4, 10, true],
  ['3', 4, 10, true],
  ['10%', 1, 10, false],
  ['10%', 2, 10, true],
  ['10%', 1, 9, true],
  ['10%', 3, 30, false],
  ['0%', 1, 1000, true],
  ['100%', 10, 10, false],
  ['many', 0, 10, false],
  ['many', 1, 10, true],
])('budget %j, %i of %i failed: %s', (budget, failed, total, over) => {
  expect(isOverBudget(budget, failed, total)).toBe(over);
});
