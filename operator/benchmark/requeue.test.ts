import { describe, expect, test } from '@jest/globals';
import type { Attempt, Benchmark } from '../api/types.ts';
import { benchmark } from '../backends/testing/builders.ts';
import { notBefore, requeues } from './requeue.ts';
import { attempt, second, start } from './testing/builders.ts';

const given = (index: number) => attempt(index, 'Failed', { reason: 'HalfPlaced' });

function after(attempts: Attempt[], uid = 'uid-net'): Benchmark {
  return { ...benchmark({}, { uid }), status: { attempts } };
}

test.each<[string, Attempt[], number]>([
  ['none', [], 0],
  ['only places given back count', [given(0), attempt(1, 'Failed', { reason: 'ToolFailed' }), given(2)], 2],
  ['one that runs does not count', [given(0), { index: 1, pods: [] }], 1],
])('%s', (_, attempts, expected) => {
  expect(requeues(after(attempts))).toBe(expected);
});

describe('the pause', () => {
  test('is only for those that gave their place back last', () => {
    expect([notBefore(benchmark()), notBefore(after([given(0), attempt(1, 'Failed', { reason: 'ToolFailed' })]))]).toEqual([0, 0]);
  });

  test('is 1 to 10 s from the end of the attempt', () => {
    const pauses = Array.from({ length: 50 }, (_, index) => notBefore(after([given(index)])) - start - 30 * second);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(second);
    expect(Math.max(...pauses)).toBeLessThan(10 * second);
  });

  test('differs between benchmarks, so that they do not meet again', () => {
    const pauses = Array.from({ length: 20 }, (_, index) => notBefore(after([given(0)], `uid-${index}`)));
    expect(new Set(pauses).size).toBe(20);
  });

  test('is the same whenever it is asked for', () => {
    expect(notBefore(after([given(3)]))).toBe(notBefore(after([given(3)])));
  });
});
