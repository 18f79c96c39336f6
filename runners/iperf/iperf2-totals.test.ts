import { describe, expect, test } from '@jest/globals';
import { flowOf, totalsOf } from './iperf2-totals.ts';
import type { Report, Row } from './iperf2-rows.ts';

function row(id: string, end: number, changes: Partial<Row> = {}): Row {
  return { id, received: false, start: 0, end, bytes: 1000, rate: 8000 / end, consistent: true, ...changes };
}

function report(rows: Row[], changes: Partial<Report> = {}): Report {
  return { protocol: 'TCP', connected: ['1'], fullDuplex: false, rows, serverRows: [], ...changes };
}

const two = { connected: ['1', '2'] };

describe('the totals', () => {
  test('of one stream are its last row from the start', () => {
    expect(totalsOf(report([row('1', 1), row('1', 2, { start: 1 }), row('1', 2.01)]))).toEqual({ sent: [row('1', 2.01)], received: [] });
  });

  test('of several streams come with their sum', () => {
    const sum = row('SUM', 2, { bytes: 2000 });
    expect(totalsOf(report([row('1', 2), row('2', 2), sum], two))).toEqual({ sent: [row('1', 2), row('2', 2)], received: [], sum });
  });

  test('of both ways are kept apart', () => {
    const back = row('1', 2, { received: true });
    expect(totalsOf(report([row('1', 2), back], { fullDuplex: true }))).toEqual({ sent: [row('1', 2)], received: [back] });
  });

  test('a sum may differ by rounding', () => {
    expect(totalsOf(report([row('1', 2), row('2', 2), row('SUM', 2, { bytes: 2015 })], two))).toHaveProperty('sum');
  });
});

describe('no totals', () => {
  test.each<[string, Report, string]>([
    ['without a connection', report([row('1', 2)], { connected: [] }), 'no connection'],
    ['without the header', { connected: ['1'], fullDuplex: false, rows: [row('1', 2)], serverRows: [] }, 'no connection'],
    ['without a row', report([]), '0 whole rows where 1'],
    ['with intervals only', report([row('1', 1), row('1', 2, { start: 1 })]), '0 whole rows where 1'],
    ['with one stream missing', report([row('1', 2), row('SUM', 2)], two), '1 whole rows where 2'],
    ['with one stream twice', report([row('1', 2)], { connected: ['1', '1'] }), '1 whole rows where 2'],
    ['with one way missing', report([row('1', 2)], { fullDuplex: true }), '1 whole rows where 2'],
    [
      'with a stream of the other way',
      report([row('1', 2), row('2', 2, { received: true }), row('SUM', 2, { bytes: 2000 })], two),
      '1 streams sent and 1 received, where it ran one way only',
    ],
    [
      'with two streams of the same way',
      report([row('1', 2), row('11', 2), row('SUM', 2, { bytes: 2000 })], { fullDuplex: true }),
      '2 streams sent and 0 received, where it ran as many each way',
    ],
    ['without the sum', report([row('1', 2), row('2', 2)], two), 'its sum is missing'],
    [
      'with the sum of an interval',
      report([row('1', 2), row('2', 2), row('SUM', 1, { bytes: 900 })], two),
      'transferred 2000 B, but its sum is 900 B',
    ],
    ['with a row that contradicts itself', report([row('1', 2, { consistent: false })]), 'contradicts itself'],
    [
      'with a server’s row that contradicts itself',
      report([row('1', 2)], { serverRows: [row('1', 2, { consistent: false })] }),
      'contradicts itself',
    ],
  ])('%s', (_, given, message) => {
    expect(totalsOf(given)).toEqual({ ok: false, reason: 'OutputUnparsable', message: expect.stringContaining(message) });
  });
});

test.each([
  [row('1', 1), '1'],
  [row('1', 1, { received: true }), '*1'],
  [row('SUM', 1), 'SUM'],
])('a flow is named by stream and direction', (given, name) => {
  expect(flowOf(given)).toBe(name);
});
