import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { bandwidth, failedRun, report, run } from './builders.ts';
import { summaryMarkdown } from './markdown.ts';
import type { Report } from './outcome.ts';
import { summaryOf } from './summary.ts';

const markdown = (more: Partial<Report> = {}) => summaryMarkdown(summaryOf(report(more)));
const cells = [1, 2].map((streams, index) => ({ index, coordinates: { 'iperf.streams': streams }, spec: { iperf: { streams } } }));
const runs = [
  run({ metrics: [bandwidth(9e9)] }),
  run({ repetition: 1, metrics: [bandwidth(11e9)] }),
  run({ cell: 1, metrics: [bandwidth(20e9)] }),
];

test('a person reads title, outcome, facts and a table by metric', () => {
  const text = markdown({
    cells,
    runs,
    message: '2 of 2 cells, 3 of 3 runs',
    design: { repetitions: 2, warmup: 0, order: 'Interleaved', seed: 42, parallelism: 1 },
    startedAt: '2026-11-21T12:00:00Z',
    finishedAt: '2026-11-21T12:01:00Z',
  });
  expect(text).toBe(`# net

Succeeded: 2 of 2 cells, 3 of 3 runs

2 cells, 3 of 3 runs counted; Interleaved order, seed 42; 2026-11-21T12:00:00Z to 2026-11-21T12:01:00Z.

## bandwidth (higher is better)

| cell | iperf.streams | n | median | mean | stdev | min | max |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 0 | 1 | 2 | 10.0 Gbit/s | 10.0 Gbit/s | 1.41 Gbit/s | 9.00 Gbit/s | 11.0 Gbit/s |
| 1 | 2 | 1 | 20.0 Gbit/s | 20.0 Gbit/s |  | 20.0 Gbit/s | 20.0 Gbit/s |
`);
});

test('a metric without a better side says none', () => {
  const metrics = [{ name: 'transferred', value: 1, unit: 'B', better: 'None' } as const];
  expect(markdown({ runs: [run({ metrics })] })).toContain('## transferred\n');
});

test('warnings and failed runs have tables of their own', () => {
  const text = markdown({ runs: [run({ metrics: [bandwidth(1)], warnings: ['too short'] }), failedRun({ repetition: 1 })] });
  expect(text).toContain('## Warnings\n\n| cell | warning |\n| --- | --- |\n| 0 | only 1 of 2 runs gave a result |\n| 0 | too short |');
  expect(text).toContain(
    '## Failed runs\n\n| run | reason | message | attempts |\n| --- | --- | --- | --- |\n| net-0-1 | ToolFailed | iperf3: error | 1 |',
  );
});

test('without any there are none', () => {
  expect(markdown({ runs: [run({ metrics: [bandwidth(1)] })] })).not.toMatch(/Warnings|Failed runs/);
});

describe('text of others is no markup', () => {
  test.each([
    ['a | b', String.raw`a \| b`],
    ['a\n| b |', String.raw`a \| b \|`],
    ['![x](http://host/x.png)', String.raw`!\[x\](http://host/x.png)`],
    ['<script>', String.raw`\<script\>`],
    ['`code` *bold*', '\\`code\\` \\*bold\\*'],
  ])('%j', (warning, escaped) => {
    expect(markdown({ runs: [run({ warnings: [warning] })] })).toContain(`| 0 | ${escaped} |`);
  });
});

test('a table has at most 1,000 rows and says how many are left out', () => {
  const many = Array.from({ length: 1002 }, (_, index) => ({ index, coordinates: { index }, spec: {} }));
  const text = markdown({ cells: many, runs: many.map(({ index }) => run({ cell: index, metrics: [bandwidth(1)] })) });
  expect(text.match(/^\| \d+ \|/gm)).toHaveLength(1000);
  expect(text).toContain('2 more in summary.json.');
});

describe('what is not known or not there is left out', () => {
  test('a set that has not ended, without message, design and times', () => {
    const { phase: _, ...unfinished } = report({ runs: [run({ metrics: [bandwidth(1)] })] });
    expect(summaryMarkdown(summaryOf(unfinished))).toMatch(/^# net\n\nUnfinished\n\n1 cell, 1 of 1 run counted\.\n\n## /);
  });

  test('a set without runs has no tables', () => {
    expect(markdown({ cells: [], message: 'cancelled', phase: 'Cancelled' })).toBe(
      '# net\n\nCancelled: cancelled\n\n0 cells, 0 of 0 runs counted.\n',
    );
  });

  test('a start without an end is no span', () => {
    expect(markdown({ startedAt: '2026-11-21T12:00:00Z' })).not.toContain('2026');
  });
});

describe('cells that differ', () => {
  const loss = { name: 'loss', value: 0.5, unit: 'ratio', better: 'Lower' } as const;
  const mixed = [
    { index: 0, coordinates: { 'iperf.streams': 1 }, spec: {} },
    { index: 1, coordinates: { 'fio.rw': 'read', hosts: ['a', 'b'], limit: null }, spec: {} },
  ];
  const text = markdown({ cells: mixed, runs: [run({ metrics: [bandwidth(8)] }), run({ cell: 1, metrics: [loss] })] });

  test('have a row only in the tables of their own metrics', () => {
    expect(text.match(/^## .*|^\| \d/gm)).toEqual(['## bandwidth (higher is better)', '| 0', '## loss (lower is better)', '| 1']);
  });

  test('and there only columns of their own coordinates', () => {
    expect(text.match(/^\| cell.* \| n \|/gm)).toEqual(['| cell | iperf.streams | n |', '| cell | fio.rw | hosts | limit | n |']);
  });

  test('lists are shown as JSON, and null as nothing', () => {
    expect(text).toContain(String.raw`| 1 | read | \["a","b"\] |  | 1 |`);
  });
});

test('property: a warning of any text stays one row of two fields', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '|', '\\', '\n', '\r', '\u2028', '\t', ' ', '<', '`') }), (warning) => {
      const table = markdown({ runs: [run({ warnings: [warning] })] }).split('## Warnings\n\n')[1] ?? '';
      const lines = table.trimEnd().split(/[\n\r\u2028]/);
      expect(lines).toHaveLength(3);
      expect(lines[2]?.match(/(?<!\\)(?:\\\\)*\|/g)).toHaveLength(3);
    }),
  );
});
