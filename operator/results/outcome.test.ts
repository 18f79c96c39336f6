import { describe, expect, test } from '@jest/globals';
import type { BenchmarkPhase } from '../api/types.ts';
import { attempt, bandwidth, nap, run } from './builders.ts';
import { isCounted, outcomeOf, retriesOf } from './outcome.ts';

const on = (...nodes: string[]) => nodes.map((node, index) => ({ name: `p${index}`, role: 'r', node }));

describe('outcomeOf', () => {
  test.each<[BenchmarkPhase | undefined, string]>([
    ['Succeeded', 'Succeeded'],
    ['Failed', 'Failed'],
    ['Cancelled', 'Cancelled'],
    ['Running', 'Unfinished'],
    ['Suspended', 'Unfinished'],
    [undefined, 'Unfinished'],
  ])('phase %s is %s', (phase, state) => {
    expect(outcomeOf(nap(phase ? { phase } : {})).state).toBe(state);
  });

  test('a run that did not succeed has no figures, whatever its status holds', () => {
    const status = { metrics: [bandwidth(1)], warnings: ['w'], window: { startedAt: 'a', finishedAt: 'b' } };
    expect(outcomeOf(nap({ phase: 'Failed', ...status }))).toMatchObject({ metrics: [], warnings: [] });
    expect(outcomeOf(nap({ phase: 'Failed', ...status }))).not.toHaveProperty('window');
  });

  test('a run that succeeded has the figures of its status, and no more than those', () => {
    const status = { metrics: [bandwidth(1)], warnings: ['w'], window: { startedAt: 'a', finishedAt: 'b' } };
    expect(outcomeOf(nap({ phase: 'Succeeded', ...status }))).toMatchObject(status);
    expect(outcomeOf(nap({ phase: 'Succeeded' }))).toMatchObject({ metrics: [], warnings: [] });
    expect(outcomeOf(nap({ phase: 'Succeeded' }))).not.toHaveProperty('window');
  });

  test.each([
    ['no attempt', []],
    ['pods that were never scheduled', [attempt({ pods: [{ name: 'p', role: 'r' }] })]],
  ])('%s: no nodes', (_, attempts) => {
    expect(outcomeOf(nap({ phase: 'Failed', attempts })).nodes).toEqual([]);
  });

  test('nodes are those of the last attempt, each once, sorted', () => {
    const attempts = [attempt({ pods: on('old') }), attempt({ index: 1, pods: on('b', 'a', 'b') })];
    expect(outcomeOf(nap({ phase: 'Succeeded', attempts })).nodes).toEqual(['a', 'b']);
  });

  test('a member has the place that its set gives it', () => {
    const place = { cell: 3, repetition: 2, warmup: true };
    expect(outcomeOf(nap({ phase: 'Succeeded' }), place)).toMatchObject({ name: 'nap', ...place });
  });

  test('a lone Benchmark is the first run of the first cell', () => {
    expect(outcomeOf(nap({ phase: 'Succeeded' }))).toMatchObject({ name: 'nap', cell: 0, repetition: 0, warmup: false });
  });
});

test.each([
  ['a success', run(), true],
  ['a warm-up', run({ warmup: true }), false],
  ['a failure', run({ state: 'Failed' }), false],
  ['a cancelled one', run({ state: 'Cancelled' }), false],
  ['one that never ended', run({ state: 'Unfinished' }), false],
])('%s counts: %s', (_, outcome, counted) => {
  expect(isCounted(outcome)).toBe(counted);
});

test.each([
  ['one attempt', [attempt()], 0],
  ['a failed one before it', [attempt({ outcome: 'Failed' }), attempt()], 1],
  ['a suspension is no retry', [attempt({ outcome: 'Suspended' }), attempt()], 0],
  ['the last one is the run itself, not a retry', [attempt({ outcome: 'Failed' })], 0],
  ['each failure before it', [attempt({ outcome: 'Failed' }), attempt({ outcome: 'Failed' }), attempt({ outcome: 'Failed' })], 2],
  ['none', [], 0],
])('retries: %s', (_, attempts, retries) => {
  expect(retriesOf(run({ attempts }))).toBe(retries);
});
