import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import { assertRecord } from './frame-record.ts';
import type { Sweep } from './metric.ts';
import type { ResultRecord } from './record.ts';

function record(changes: object = {}): ResultRecord {
  return {
    version: 1,
    workload: 'iperf',
    role: 'client',
    index: 0,
    outcome: 'Succeeded',
    window: { startedAt: '2026-11-21T03:46:17.000000Z', finishedAt: '2026-11-21T03:46:27.000000Z' },
    metrics: [{ name: 'bandwidth', value: 1e9, unit: 'bit/s', better: 'Higher' }],
    series: [{ name: 'bandwidth', unit: 'bit/s', start: 0, interval: 1, values: [1, 2] }],
    warnings: [],
    tool: { argv: ['iperf3'], version: '3.12', exitCode: 0, signal: null },
    output: { stdout: '', stderr: '', truncated: false },
    ...changes,
  };
}

const sweep = (steps: number[], values: number[]): Sweep => ({
  name: 'bandwidth',
  unit: 'bit/s',
  over: { name: 'messageSize', unit: 'B', values: steps },
  values,
});
const metric = { name: 'bandwidth', value: 1, unit: 'bit/s', better: 'Higher' };

describe('assertRecord', () => {
  test.each([
    ['a full record', record()],
    [
      'a failure without window',
      record({ outcome: 'Failed', reason: 'ToolMissing', message: 'x', window: undefined, metrics: [], series: [] }),
    ],
    [
      'a tool ended by a signal',
      record({ outcome: 'Failed', reason: 'ToolCrashed', tool: { argv: [], exitCode: null, signal: 'SIGSEGV' } }),
    ],
    ['a window of no length', record({ window: { startedAt: '2026-11-21T03:46:17.000000Z', finishedAt: '2026-11-21T03:46:17.000000Z' } })],
  ])('takes %s', (_, value) => {
    expect(() => {
      assertRecord(value);
    }).not.toThrow();
  });

  test.each<[string, unknown, string]>([
    ['nothing', null, 'record: an object is allowed'],
    ['a list', [], 'record: an object is allowed'],
    ['another version', record({ version: 2 }), 'record.version: one of 1 is allowed'],
    ['an unknown reason', record({ outcome: 'Failed', reason: 'Tired' }), 'record.reason: one of ToolMissing'],
    ['a failure without reason', record({ outcome: 'Failed' }), 'record.reason: one is allowed when, and only when, the outcome is Failed'],
    ['a success with a reason', record({ reason: 'ToolFailed' }), 'record.reason: one is allowed when'],
    ['NaN', record({ metrics: [{ ...metric, value: Number.NaN }] }), 'record.metrics[0].value: a finite number'],
    ['infinity', record({ metrics: [{ ...metric, value: Infinity }] }), 'record.metrics[0].value: a finite number'],
    ['null for a number', record({ metrics: [{ ...metric, value: null }] }), 'record.metrics[0].value: a finite number'],
    ['a number as text', record({ metrics: [{ ...metric, value: '1' }] }), 'record.metrics[0].value: a finite number'],
    ['an unknown unit', record({ metrics: [{ ...metric, unit: 'Gbit/s' }] }), 'record.metrics[0].unit: one of bit/s'],
    ['a name that is no name', record({ metrics: [{ ...metric, name: 'a b' }] }), 'record.metrics[0].name: a name'],
    ['an extra field', record({ colour: 'red' }), 'record.colour: no such field'],
    ['an extra field deep inside', record({ metrics: [metric, { ...metric, note: '' }] }), 'record.metrics[1].note: no such field'],
    ['a missing field', record({ warnings: undefined }), 'record.warnings: a list'],
    ['too many metrics', record({ metrics: Array.from({ length: 1001 }, () => metric) }), 'record.metrics: a list of at most 1000'],
    ['a negative index', record({ index: -1 }), 'record.index: a whole number'],
    ['a broken index', record({ index: 0.5 }), 'record.index: a whole number'],
    [
      'a time without microseconds',
      record({ window: { startedAt: '2026-11-21T03:46:17Z', finishedAt: '' } }),
      'record.window.startedAt: a timestamp',
    ],
    [
      'a window that ends before it starts',
      record({ window: { startedAt: '2026-11-21T03:46:17.000001Z', finishedAt: '2026-11-21T03:46:17.000000Z' } }),
      'record.window: an end not before the start',
    ],
    [
      'NaN in a series',
      record({ series: [{ name: 'a', unit: 's', start: 0, interval: 1, values: [Number.NaN] }] }),
      'record.series[0].values[0]',
    ],
    [
      'a sweep of what is no number',
      record({ series: [{ name: 'a', unit: 's', over: { name: 'messageSize', unit: 'B', values: ['2'] }, values: [1] }] }),
      'record.series[0].over.values[0]',
    ],
    [
      'a sweep with times',
      record({ series: [{ name: 'a', unit: 's', start: 0, over: { name: 'messageSize', unit: 'B', values: [2] }, values: [1] }] }),
      'record.series[0].start: no such field',
    ],
    ['a sweep whose values are too few', record({ series: [sweep([2, 4], [1])] }), 'record.series[0].values: one for each of over.values'],
    ['an exit code as text', record({ tool: { argv: [], exitCode: '0', signal: null } }), 'record.tool.exitCode'],
  ])('refuses %s', (_, value, message) => {
    expect(() => {
      assertRecord(value);
    }).toThrow(message);
  });

  test('accepts values over something else than time', () => {
    expect(() => {
      assertRecord(record({ series: [sweep([2, 4], [1, 1.5])] }));
    }).not.toThrow();
  });

  test('refuses whatever has nothing to do with a record', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(() => {
          assertRecord(value);
        }).toThrow(RangeError);
      }),
    );
  });

  test('names a hostile field without repeating all of it', () => {
    const hostile = 'x'.repeat(100_000);
    expect(() => {
      assertRecord(record({ [hostile]: 1 }));
    }).toThrow(expect.objectContaining({ message: expect.stringMatching(/^.{1,150}$/) }));
  });
});
