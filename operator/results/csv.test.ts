import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { attempt, bandwidth, failedRun, report, run } from './builders.ts';
import { resultsCsv } from './csv.ts';
import type { Report } from './outcome.ts';

const lines = (more: Partial<Report>) =>
  resultsCsv(report(more), new Map([[0, 'iperf']]))
    .trimEnd()
    .split('\n');
const cell = (coordinates: Record<string, unknown>) => [{ index: 0, coordinates, spec: {} }];

test('one row per counted run and metric', () => {
  const metrics = [bandwidth(9e9), { name: 'loss', value: 0.25, unit: 'ratio', better: 'Lower' } as const];
  const window = { startedAt: '2026-11-21T12:00:00.000001Z', finishedAt: '2026-11-21T12:00:05.000001Z' };
  const attempts = [attempt({ outcome: 'Failed' }), attempt()];
  expect(lines({ cells: cell({ 'iperf.streams': 4 }), runs: [run({ metrics, window, attempts })] })).toEqual([
    'benchmark,cell,repetition,iperf.streams,workload,nodes,attempts,startedAt,finishedAt,metric,value,unit,better',
    'net-0-0,0,0,4,iperf,worker-1,2,2026-11-21T12:00:00.000001Z,2026-11-21T12:00:05.000001Z,bandwidth,9000000000,bit/s,Higher',
    'net-0-0,0,0,4,iperf,worker-1,2,2026-11-21T12:00:00.000001Z,2026-11-21T12:00:05.000001Z,loss,0.25,ratio,Lower',
  ]);
});

test('failed runs and warm-up have no row', () => {
  const runs = [failedRun({ metrics: [bandwidth(1)] }), run({ warmup: true, metrics: [bandwidth(1)] })];
  expect(lines({ runs })).toHaveLength(1);
});

test('cells with different coordinates share the columns of all', () => {
  const cells = [
    { index: 0, coordinates: { retries: 1 }, spec: {} },
    { index: 1, coordinates: { 'iperf.streams': 2 }, spec: {} },
  ];
  const runs = [run({ metrics: [bandwidth(1)] }), run({ cell: 1, metrics: [bandwidth(1)] })];
  const [header, first, second] = lines({ cells, runs }).map((line) => line.split(',').slice(3, 5));
  expect([header, first, second]).toEqual([
    ['retries', 'iperf.streams'],
    ['1', ''],
    ['', '2'],
  ]);
});

describe('a coordinate', () => {
  test.each<[unknown, string]>([
    [4, '4'],
    [-4, '-4'],
    [true, 'true'],
    [null, ''],
    ['4Ki', '4Ki'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    [['a', 'b'], '"[""a"",""b""]"'],
    ['=cmd|calc!A1', "'=cmd|calc!A1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
  ])('%j is written as %j', (value, text) => {
    const [, row] = lines({ cells: cell({ x: value }), runs: [run({ metrics: [bandwidth(1)] })] });
    expect(row).toMatch(/^net-0-0,0,0,/);
    expect(row?.slice('net-0-0,0,0,'.length)).toMatch(new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)},iperf,`));
  });
});

test('a value below zero is a number, not a formula', () => {
  const [, row] = lines({ runs: [run({ metrics: [bandwidth(-1.5)] })] });
  expect(row).toContain(',bandwidth,-1.5,bit/s');
});

test('each run has the workload of its cell, the nodes it ran on and nothing where no time is known', () => {
  const cells = [0, 1, 2].map((index) => ({ index, coordinates: {}, spec: {} }));
  const runs = cells.map(({ index }) => run({ cell: index, metrics: [bandwidth(1)], nodes: ['a', 'b'] }));
  const names = new Map([
    [0, 'iperf'],
    [1, 'fio'],
  ]);
  const rows = resultsCsv(report({ cells, runs }), names).trimEnd().split('\n').slice(1);
  expect(rows.map((row) => row.split(',').slice(3, 8))).toEqual([
    ['iperf', 'a b', '1', '', ''],
    ['fio', 'a b', '1', '', ''],
    ['', 'a b', '1', '', ''],
  ]);
});

/** The fields of a CSV as RFC 4180 has it, for readers that take any line break for the end of a row. */
function parsed(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare = '', end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n?|\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end !== ',') rows.push([]);
  }
  return rows.slice(0, -1);
}

test('property: whatever a coordinate is, it comes back as one field of its row', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', '=', 'é') }), (value) => {
      const [header, row, ...more] = parsed(
        resultsCsv(report({ cells: cell({ x: value }), runs: [run({ metrics: [bandwidth(1)] })] }), new Map()),
      );
      expect([header?.length, row?.length, more]).toEqual([13, 13, []]);
      expect(row?.[3]?.replace(/^'(?=[=\r])/, '')).toBe(value);
    }),
  );
});
