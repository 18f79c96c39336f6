import { expect, test } from '@jest/globals';
import { figures } from './builders.ts';
import { compare, orderOf } from './comparison.ts';

test.each([
  [1, 'bare operator'],
  [2, 'bare operator operator bare'],
  [3, 'bare operator operator bare bare operator'],
])('%s rounds: %s', (rounds, order) => {
  expect(orderOf(rounds).join(' ')).toBe(order);
});

test('a ratio a round, whoever ran first in it, and their median', () => {
  const speeds = [20, 16, 9, 10, 40, 40];
  const runs = orderOf(3).map((subject, index) => figures({ subject, membersPerSecond: speeds[index] ?? NaN }));
  const { ratios, ratio, bare, operator } = compare('single', runs);
  expect(ratios).toEqual([0.8, 0.9, 1]);
  expect(ratio).toBe(0.9);
  expect([bare.length, operator.length]).toEqual([3, 3]);
});

test('the ratio by CPU time compares the middle runs', () => {
  const costs = [0.08, 0.1, 0.2, 0.09, 0.07, 0.1];
  const runs = orderOf(3).map((subject, index) => figures({ subject, machineCpu: costs[index] ?? NaN }));
  expect(compare('single', runs).cpuRatio).toBeCloseTo(0.08 / 0.1);
});
