import { describe, expect, test } from '@jest/globals';
import type { Report } from './report.ts';
import { readReport } from './report.ts';

const rule = '-'.repeat(87);
const header = '#bytes #iterations t_avg[usec] tps average';
const row = ' 64      1000   \t\t 1.76   \t  284090.91';

function output(rows: readonly string[], changes: { header?: string; end?: string; before?: string } = {}): string {
  const { header: own = ' #bytes        #iterations       t_avg[usec]    tps average', end = `${rule}\n`, before = '' } = changes;
  const above = ['                    Send Latency Test', ' Dual-port       : OFF\t\tDevice         : mlx5_0', ' rdma_cm QPs\t : ON'];
  return [before, rule, ...above, rule, own, ...rows, end].join('\n');
}

const read = (text: string) => readReport('ib_send_lat', text, { [header]: 4 });

function report(text: string): Report {
  const found = read(text);
  if ('reason' in found) throw new Error(found.message);
  return found;
}

describe('a whole report', () => {
  test('has its title, header and rows', () => {
    const expected = { title: 'Send Latency Test', header, rows: [['64', '1000', '1.76', '284090.91']], warned: false };
    expect(report(output([row]))).toMatchObject(expected);
  });

  test('has the settings above the table, two in a line or one', () => {
    const { settings } = report(output([row]));
    expect([settings.get('Dual-port'), settings.get('Device'), settings.get('rdma_cm QPs')]).toEqual(['OFF', 'mlx5_0', 'ON']);
  });

  test('may have a warning between the rows', () => {
    const warning = 'Conflicting CPU frequency values detected: 800.000000 != 3400.000000. CPU Frequency is not max.';
    expect(report(output([row, warning]))).toMatchObject({ warned: true, rows: [['64', '1000', '1.76', '284090.91']] });
  });

  test('may have lines that end like those of Windows', () => {
    expect(report(output([row]).replaceAll('\n', '\r\n')).rows).toHaveLength(1);
  });
});

test.each([
  ['nothing', '', 'printed no table'],
  ['no end', output([row], { end: '' }), 'did not finish its table'],
  ['no rows', output([]), 'without rows'],
  ['a row that is too short', output([' 64 1000 1.76']), 'not 4 numbers: 64 1000 1.76'],
  ['a row that is too long', output([`${row} 5`]), 'not 4 numbers'],
  ['a row with a sign', output([' 64 1000 -1.76 5']), 'not 4 numbers'],
  ['a row with an exponent', output([' 64 1000 1e3 5']), 'not 4 numbers'],
  ['a row with two points', output([' 64 1000 1.7.6 5']), 'not 4 numbers'],
  ['an empty line in the table', output([row, '']), 'not 4 numbers'],
  ['a number of no use', output([` 64 1000 ${'9'.repeat(40)} 5`]), 'not 4 numbers'],
  ['an unknown header', output([row], { header: ' #bytes #iterations cycles' }), 'not known here: #bytes #iterations cycles'],
  ['a header that every object has', output([row], { header: '#bytes' }), 'not known here'],
  ['two tables', output([row]) + output([row]), 'printed 2 tables'],
  ['a server', output([row], { before: '* Waiting for client to connect... *' }), 'what a server prints'],
])('%s is refused', (_, text, message) => {
  expect(read(text)).toMatchObject({ ok: false, reason: 'OutputUnparsable', message: expect.stringContaining(message) });
});
