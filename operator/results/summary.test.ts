import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Metric } from '../../measure/metric.ts';
import { attempt, bandwidth, failedRun, report, run } from './builders.ts';
import type { Report, RunOutcome } from './outcome.ts';
import { summaryOf } from './summary.ts';

const only = (runs: RunOutcome[], more: Partial<Report> = {}) => {
  const [cell] = summaryOf(report({ runs, ...more })).cells;
  if (!cell) throw new Error('no cell');
  return cell;
};
const values = (...list: number[]) => list.map((value, repetition) => run({ repetition, metrics: [bandwidth(value)] }));

test('KP-41 4 cells x 3 repetitions equal figures made by hand', () => {
  const measured = [
    [10, 12, 11],
    [20, 20, 20],
    [1, 2, 9],
    [5, 5, 8],
  ];
  const cells = measured.map((_, index) => ({
    index,
    coordinates: { 'iperf.streams': index + 1 },
    spec: { iperf: { streams: index + 1 } },
  }));
  const runs = measured.flatMap((row, cell) => row.map((value, repetition) => run({ cell, repetition, metrics: [bandwidth(value)] })));
  const figures = summaryOf(report({ cells, runs })).cells.map(({ metrics }) => metrics.bandwidth);
  const of = { unit: 'bit/s', better: 'Higher', n: 3 };
  expect(figures).toEqual([
    { ...of, median: 11, mean: 11, stdev: 1, min: 10, max: 12 },
    { ...of, median: 20, mean: 20, stdev: 0, min: 20, max: 20 },
    { ...of, median: 2, mean: 4, stdev: expect.closeTo(Math.sqrt(19), 12), min: 1, max: 9 },
    { ...of, median: 5, mean: 6, stdev: expect.closeTo(Math.sqrt(3), 12), min: 5, max: 8 },
  ]);
});

describe('counts', () => {
  test('of all kinds of runs', () => {
    const runs = [
      ...values(1),
      run({ repetition: 1, attempts: [attempt({ outcome: 'Failed' }), attempt({ index: 1 })], metrics: [bandwidth(2)] }),
      failedRun({ repetition: 2 }),
      run({ repetition: 3, state: 'Cancelled' }),
      run({ repetition: 4, state: 'Unfinished', attempts: [] }),
      run({ repetition: 5, warmup: true }),
    ];
    expect(only(runs).runs).toEqual({ planned: 5, counted: 2, warmup: 1, failed: 1, cancelled: 2, retried: 1 });
  });

  test('of the whole are those of the cells together', () => {
    const cells = [0, 1].map((index) => ({ index, coordinates: { index }, spec: {} }));
    const runs = [run({ cell: 0 }), failedRun({ cell: 1 })];
    expect(summaryOf(report({ cells, runs })).runs).toEqual({ planned: 2, counted: 1, warmup: 0, failed: 1, cancelled: 0, retried: 0 });
  });
});

describe('figures come from counted runs only', () => {
  test.each<[string, RunOutcome]>([
    ['a failed run', failedRun({ metrics: [bandwidth(1000)] })],
    ['a warm-up', run({ warmup: true, metrics: [bandwidth(1000)] })],
    ['a cancelled run', run({ state: 'Cancelled', metrics: [bandwidth(1000)] })],
  ])('not from %s', (_, outsider) => {
    expect(only([...values(1, 3), outsider]).metrics.bandwidth).toMatchObject({ n: 2, mean: 2, max: 3 });
  });

  test('a cell without any has no metrics', () => {
    expect(only([failedRun()]).metrics).toEqual({});
  });

  test('one run has no stdev', () => {
    expect(only(values(5)).metrics.bandwidth).toEqual({ unit: 'bit/s', better: 'Higher', n: 1, median: 5, mean: 5, min: 5, max: 5 });
  });

  test('a metric that only some runs report has the n of those', () => {
    const loss: Metric = { name: 'loss', value: 0.5, unit: 'ratio', better: 'Lower' };
    const runs = [run({ metrics: [bandwidth(1), loss] }), run({ repetition: 1, metrics: [bandwidth(1)] })];
    expect(only(runs).metrics).toMatchObject({ bandwidth: { n: 2 }, loss: { n: 1 } });
  });
});

const metric = (name: string): Metric => ({ name, value: 1, unit: 's', better: 'None' });

test('the headline comes first, the others as they were reported', () => {
  const runs = [run({ metrics: [metric('requestedTime'), metric('overshoot'), metric('measuredTime')] })];
  expect(Object.keys(only(runs).metrics)).toEqual(['measuredTime', 'requestedTime', 'overshoot']);
});

describe('warnings', () => {
  test.each<[string, RunOutcome[], string[]]>([
    ['none', values(1, 2), []],
    ['said by one run', [run({ warnings: ['fits in memory'] })], ['fits in memory']],
    ['said by several, once', [run({ warnings: ['hot'] }), run({ repetition: 1, warnings: ['hot', 'hot'] })], ['hot (2 runs)']],
    ['not those of runs that do not count', [...values(1), run({ warmup: true, warnings: ['cold'] })], []],
    ['a warm-up is not missing', [run({ warmup: true, state: 'Failed' }), ...values(1)], []],
    ['a run is missing', [...values(1), failedRun({ repetition: 1 })], ['only 1 of 2 runs gave a result']],
    [
      'a retry is visible',
      [run({ attempts: [attempt({ outcome: 'Failed' }), attempt()] })],
      ['1 of 1 runs needed more than one attempt; only the last attempt of each is counted'],
    ],
  ])('%s', (_, runs, warnings) => {
    expect(only(runs).warnings).toEqual(warnings);
  });
});

test('failures carry reason, message and the number of attempts', () => {
  const attempts = [attempt({ outcome: 'Failed' }), attempt({ outcome: 'Failed', reason: 'ToolTimeout', message: 'too long' })];
  expect(only([failedRun({ attempts })]).failures).toEqual([{ name: 'net-0-0', reason: 'ToolTimeout', message: 'too long', attempts: 2 }]);
});

test.each([
  ['an attempt that gave no reason', [attempt({ outcome: 'Failed' })], 1],
  ['no attempt at all', [], 0],
])('a failure with %s is still one', (_, attempts, count) => {
  expect(only([failedRun({ attempts })]).failures).toEqual([{ name: 'net-0-0', reason: 'Unknown', message: '', attempts: count }]);
});

test('what is known of the whole is taken over', () => {
  const design = { repetitions: 2, warmup: 1, order: 'Random', seed: 7, parallelism: 1 };
  const facts = { name: 'net', namespace: 'bench', phase: 'Cancelled', message: 'm', startedAt: 'a', finishedAt: 'b', design };
  expect(summaryOf(report(facts))).toMatchObject({ version: 1, kind: 'BenchmarkSet', ...facts });
});

test('a cell names its workload, where its spec has one', () => {
  const cells = [{ sleep: { duration: '1s' } }, {}].map((spec, index) => ({ index, coordinates: {}, spec }));
  expect(summaryOf(report({ cells })).cells.map(({ workload }) => workload)).toEqual(['sleep', undefined]);
});

test('property: figures do not depend on the order in which runs ended', () => {
  const shuffled = fc
    .array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 20 })
    .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
  fc.assert(
    fc.property(shuffled, ([list, other]) => {
      const { mean, stdev, ...exact } = only(values(...list)).metrics.bandwidth ?? {};
      expect(only(values(...other)).metrics.bandwidth).toMatchObject(exact);
      const spread = only(values(...other)).metrics.bandwidth;
      expect([spread?.mean, spread?.stdev ?? 0]).toEqual([expect.closeTo(mean ?? 0, 6), expect.closeTo(stdev ?? 0, 6)]);
    }),
  );
});

test('the environment holds what is known, and the nodes of counted runs', () => {
  const runs = [run({ nodes: ['b', 'a'] }), failedRun({ repetition: 1, nodes: ['broken'] })];
  expect(summaryOf(report({ runs }), { assay: '0.1.0' }).environment).toEqual({ assay: '0.1.0', nodes: ['a', 'b'] });
});

test('the same report gives the same summary', () => {
  const given = report({ runs: values(3, 1, 2) });
  expect(JSON.stringify(summaryOf(given))).toBe(JSON.stringify(summaryOf(given)));
});
