import { describe, expect, test } from '@jest/globals';
import { bandwidth, report, run } from './builders.ts';
import type { Report } from './outcome.ts';
import { pairSections } from './pair-table.ts';
import { summaryOf } from './summary.ts';

const paths: [string, string] = ['placement.nodes.server', 'placement.nodes.client'];

/** A sweep of iperf; each cell's coordinates beside the nodes, and its figure, none where its run failed. */
function sweep(cells: [server: string, client: string, gigabits?: number, more?: Record<string, unknown>][]): Report {
  return report({
    pairs: paths,
    cells: cells.map(([server, client, , more], index) => ({
      index,
      coordinates: { ...more, 'placement.nodes.server': server, 'placement.nodes.client': client },
      spec: { iperf: {} },
    })),
    runs: cells.flatMap(([, , figure], cell) => (figure === undefined ? [] : [run({ cell, metrics: [bandwidth(figure * 1e9)] })])),
  });
}

const sections = (...cells: Parameters<typeof sweep>[0]) => pairSections(summaryOf(sweep(cells)));

test('a person sees the figure of each pair, server by row and client by column', () => {
  expect(sections(['b', 'a', 3], ['a', 'b', 2])).toEqual([
    `## bandwidth by placement.nodes.server (rows) and placement.nodes.client (columns)

|  | a | b |
| --- | --- | --- |
| a |  | 2.00 Gbit/s |
| b | 3.00 Gbit/s |  |`,
  ]);
});

test('the figure is the median of the repetitions', () => {
  const given = sweep([['a', 'b', 1]]);
  const runs = [1, 2, 9].map((figure, repetition) => run({ repetition, metrics: [bandwidth(figure * 1e9)] }));
  expect(pairSections(summaryOf({ ...given, runs }))[0]).toContain('| a | 2.00 Gbit/s |');
});

test('every combination of the other coordinates has a table of its own', () => {
  const titles = sections(['a', 'b', 1, { 'iperf.streams': 1 }], ['a', 'b', 2, { 'iperf.streams': 4 }]).map(
    (text) => text.split('\n', 1)[0],
  );
  expect(titles).toEqual([1, 4].map((streams) => `## bandwidth by ${paths[0]} (rows) and ${paths[1]} (columns), iperf.streams ${streams}`));
});

describe('a pair without a figure', () => {
  test('is an empty field', () => {
    expect(sections(['a', 'b', 1], ['a', 'c', 2], ['b', 'c'], ['b', 'a', 3])[0]).toContain('| b | 3.00 Gbit/s |  |  |');
  });

  test('makes no table alone', () => {
    expect(sections(['a', 'b'])).toEqual([]);
  });
});

test('an explicit cell that names no nodes is in no table', () => {
  const given = sweep([['a', 'b', 1]]);
  const cells = [...given.cells, { index: 1, coordinates: { retries: 1 }, spec: { iperf: {} } }];
  const runs = [...given.runs, run({ cell: 1, metrics: [bandwidth(1e9)] })];
  expect(pairSections(summaryOf({ ...given, cells, runs }))).toHaveLength(1);
});

test('more columns than a person reads are left to results.csv', () => {
  const [text] = sections(...Array.from({ length: 33 }, (_, index): [string, string, number] => ['a', `n${index}`, 1]));
  expect(text).toContain('33 columns are too many for a table; see results.csv.');
});

test('a set without pairs has none', () => {
  expect(pairSections(summaryOf(report({ runs: [run({ metrics: [bandwidth(1)] })] })))).toEqual([]);
});
