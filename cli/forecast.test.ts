import { describe, expect, test } from '@jest/globals';
import type { BenchmarkSetSpec, BenchmarkSpec } from '../operator/api/types.ts';
import { benchmark, set } from './builders.ts';
import { forecast } from './forecast.ts';

const single = (spec: BenchmarkSpec) => forecast({ ...benchmark(), spec });
/** Of sleeps, unless told otherwise. */
const sweep = (spec: Partial<BenchmarkSetSpec>) =>
  forecast({ ...set(), spec: { template: { spec: { sleep: { duration: '1s' } } }, ...spec } });

describe('a Benchmark', () => {
  test.each([
    ['one pod', { sleep: { duration: '8s' } }, { workload: 'sleep', podsAtOnce: 1, seconds: 10 }],
    ['server and client', { iperf: { duration: '8s' } }, { workload: 'iperf', podsAtOnce: 2 }],
    ['a client of three workers', { fio: { workers: 3, size: '16Mi' } }, { workload: 'fio', podsAtOnce: 4 }],
  ])('%s', (_, spec, expected) => {
    expect(single(spec)).toMatchObject({ runs: ['nap'], parallelism: 1, ...expected });
  });
});

describe('a set', () => {
  const product = { 'sleep.duration': ['1s', '4s'] };

  test('each cell with its coordinates and the time of one run', () => {
    expect(sweep({ matrix: { product } }).cells).toEqual([
      { index: 0, coordinates: { 'sleep.duration': '1s' }, pods: 1, seconds: 3 },
      { index: 1, coordinates: { 'sleep.duration': '4s' }, pods: 1, seconds: 6 },
    ]);
  });

  test('runs in the order of their start', () => {
    expect(sweep({ matrix: { product }, repetitions: 2, order: 'Sequential' }).runs).toEqual(['net-0-0', 'net-0-1', 'net-1-0', 'net-1-1']);
  });

  test('warm-ups take time, too', () => {
    expect(sweep({ repetitions: 2, warmup: 1 }).runs).toHaveLength(3);
  });

  test.each([
    ['one after the other', { parallelism: 1 }, { parallelism: 1, podsAtOnce: 1, seconds: 18 }],
    ['two at once', { parallelism: 2 }, { parallelism: 2, podsAtOnce: 2, seconds: 9 }],
    ['no more at once than there are', { parallelism: 9 }, { parallelism: 4, podsAtOnce: 4, seconds: 6 }],
  ])('%s', (_, spec, expected) => {
    expect(sweep({ matrix: { product }, repetitions: 2, ...spec })).toMatchObject(expected);
  });

  test('cells of several workloads', () => {
    const explicit = [{ sleep: { duration: '1s' } }, { iperf: { duration: '1s' } }];
    expect(sweep({ matrix: { explicit } }).workload).toBe('sleep, iperf');
  });
});

describe('what will go wrong is said beforehand', () => {
  const tooShort = [expect.stringContaining('timeouts.running is shorter')];

  test.each<[string, BenchmarkSpec, unknown[]]>([
    ['nothing', { sleep: { duration: '10m' } }, []],
    ['a limit that ends the run', { sleep: { duration: '1h' } }, tooShort],
  ])('of a Benchmark: %s', (_, spec, notes) => {
    expect(single(spec).notes).toEqual(notes);
  });

  test.each<[string, string[], unknown[]]>([
    ['nothing', ['1s', '2s'], []],
    ['a limit that ends the runs of a cell', ['1s', '1h'], tooShort],
  ])('of a set: %s', (_, durations, notes) => {
    expect(sweep({ matrix: { product: { 'sleep.duration': durations } } }).notes).toEqual(notes);
  });

  test("pairs of nodes are the cluster's", () => {
    const template = { spec: { iperf: {} } };
    expect(sweep({ template, matrix: { nodes: {} } }).notes).toEqual([expect.stringContaining('shown for two nodes')]);
  });
});
