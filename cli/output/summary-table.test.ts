import { describe, expect, test } from '@jest/globals';
import { cellSummary, metricSummary, reportSummary } from './builders.ts';
import { summaryTable } from './summary-table.ts';

const lines = (text: string) => text.split('\n');

test('the first line says what it is, how it ended, and how many runs count', () => {
  expect(lines(summaryTable(reportSummary()))[0]).toBe('BenchmarkSet net: Succeeded, 3 of 3 runs counted');
});

test('figures have units and three digits', () => {
  const row = lines(summaryTable(reportSummary())).find((line) => line.includes('bandwidth'));
  expect(row?.split(/ {2,}/)).toEqual(['bandwidth', '3', '2.00 Gbit/s', '2.10 Gbit/s', '100 Mbit/s', '1.90 Gbit/s', '2.40 Gbit/s']);
});

test('a spread that one run cannot give is a dash', () => {
  const { stdev: _, ...single } = metricSummary({ n: 1 });
  expect(summaryTable(reportSummary({ cells: [cellSummary({ metrics: { bandwidth: single } })] }))).toMatch(/2\.10 Gbit\/s {2,}- {2,}/);
});

describe('which metrics are shown', () => {
  const metrics = { bandwidth: metricSummary(), jitter: metricSummary({ unit: 's' }) };

  test('all of a single cell', () => {
    expect(summaryTable(reportSummary({ cells: [cellSummary({ metrics })] }))).toContain('jitter');
  });

  test('the headline of each of several cells', () => {
    const cells = [cellSummary({ metrics }), cellSummary({ index: 1, metrics })];
    expect(summaryTable(reportSummary({ cells }))).not.toContain('jitter');
  });

  test('a cell without a result says so', () => {
    expect(summaryTable(reportSummary({ cells: [cellSummary({ metrics: {} })] }))).toContain('no result');
  });
});

test('coordinates are columns', () => {
  const cells = [1, 8].map((streams, index) => cellSummary({ index, coordinates: { 'iperf.streams': streams } }));
  const [, , head, first] = lines(summaryTable(reportSummary({ cells })));
  expect([head?.split(/ {2,}/)[0], first?.split(/ {2,}/)[0]]).toEqual(['iperf.streams', '1']);
});

test('warnings name their cell', () => {
  const cells = [cellSummary(), cellSummary({ index: 1, warnings: ['only 1 of 3 runs gave a result'] })];
  expect(summaryTable(reportSummary({ cells }))).toContain('warning (cell 1): only 1 of 3 runs gave a result');
});

test("a failure's message cannot move the cursor", () => {
  const failures = [{ name: 'net-0-1', reason: 'ToolFailed', message: 'bad\u001b[2J\nnews', attempts: 1 }];
  expect(summaryTable(reportSummary({ cells: [cellSummary({ failures })] }))).toContain('failed: net-0-1: ToolFailed: bad[2J news');
});
