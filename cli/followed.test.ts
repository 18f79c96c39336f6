import { describe, expect, test } from '@jest/globals';
import { benchmark, set } from './builders.ts';
import { isFinished, isGood } from './followed.ts';

describe('isFinished', () => {
  test.each([
    ['no status yet', benchmark(), false],
    ['running', benchmark({ phase: 'Running' }), false],
    ['succeeded', benchmark({ phase: 'Succeeded' }), true],
    ['failed', benchmark({ phase: 'Failed' }), true],
    ['cancelled', benchmark({ phase: 'Cancelled' }), true],
    ['a set that failed', set({ phase: 'Failed' }), true],
    ['suspended goes on later', benchmark({ phase: 'Suspended' }), false],
    ['a final phase of an older generation', benchmark({ phase: 'Cancelled' }, { generation: 2 }), false],
  ])('%s', (_, object, finished) => {
    expect(isFinished(object)).toBe(finished);
  });
});

test.each([
  ['Succeeded', true],
  ['Failed', false],
  ['Cancelled', false],
  ['Running', false],
] as const)('%s is good: %s', (phase, good) => {
  expect(isGood(benchmark({ phase }))).toBe(good);
});
