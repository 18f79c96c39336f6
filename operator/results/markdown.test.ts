import { describe, expect, test } from '@jest/globals';
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
