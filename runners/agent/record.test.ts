import { describe, expect, test } from '@jest/globals';

import { assertRecord } from '../../measure/frame-record.ts';
import type { Parsed } from '../workload.ts';
import { account, failure, outputLimit } from './record.ts';
import type { Account } from './record.ts';
import type { Ending } from './tool.ts';

const identity = { workload: 'iperf', role: 'client', index: 1 };
const metric = { name: 'bandwidth', value: 1, unit: 'bit/s', better: 'Higher' } as const;

function given(changes: Partial<Account> = {}, ending: Partial<Ending> = {}): Account {
  return {
    identity,
    argv: ['iperf3'],
    ending: { exitCode: 0, signal: null, startedAt: 1e15, finishedAt: 1e15 + 1, stdout: 'out', stderr: 'err', ...ending },
    parsed: { ok: true, metrics: [metric], warnings: ['slow'], toolVersion: '3.12' },
    verdict: { outcome: 'Succeeded' },
    warnings: ['again'],
    output: 'Never',
    ...changes,
  };
}

const failed = { outcome: 'Failed', reason: 'ToolFailed', message: 'exit code 1' } as const;

describe('account', () => {
  test('tells all of a good run', () => {
    expect(account(given())).toEqual({
      version: 1,
      ...identity,
      outcome: 'Succeeded',
      window: { startedAt: '2001-09-09T01:46:40.000000Z', finishedAt: '2001-09-09T01:46:40.000001Z' },
      metrics: [metric],
      series: [],
      warnings: ['again', 'slow'],
      tool: { argv: ['iperf3'], version: '3.12', exitCode: 0, signal: null },
    });
  });

  test('gives a failed run no figures, even where the parser found some', () => {
    expect(account(given({ verdict: failed }))).toMatchObject({ ...failed, metrics: [], series: [] });
  });

  test.each([
    ['Never', 'Succeeded', false],
    ['Never', 'Failed', false],
    ['OnFailure', 'Succeeded', false],
    ['OnFailure', 'Failed', true],
    ['Always', 'Succeeded', true],
    ['Always', 'Failed', true],
  ] as const)('output %s of a run that %s: %s', (output, outcome, kept) => {
    const verdict = outcome === 'Failed' ? failed : { outcome };
    expect(account(given({ output, verdict })).output).toEqual(kept ? { stdout: 'out', stderr: 'err', truncated: false } : undefined);
  });

  test('keeps both ends of long output', () => {
    const stdout = `begin${'x'.repeat(2 * outputLimit)}end`;
    const { output } = account(given({ output: 'Always' }, { stdout }));
    expect(output?.stdout).toMatch(/^begin[^]*bytes left out[^]*end$/);
    expect(output?.truncated).toBe(true);
    expect(output?.stdout.length).toBeLessThan(outputLimit + 100);
  });

  test.each<[string, Parsed, string]>([
    ['NaN', { ok: true, metrics: [{ ...metric, value: Number.NaN }] }, 'record.metrics[0].value: a finite number is allowed'],
    ['a bad name', { ok: true, metrics: [{ ...metric, name: 'a b' }] }, 'record.metrics[0].name'],
    [
      'an endless series',
      {
        ok: true,
        metrics: [],
        series: [{ name: 'a', unit: 's', start: 0, interval: 1, values: Array.from({ length: 100_001 }, () => 1) }],
      },
      'record.series[0].values',
    ],
  ])('turns a parser that gives %s into a failure with a name', (_, parsed, message) => {
    expect(account(given({ parsed }))).toMatchObject({
      outcome: 'Failed',
      reason: 'OutputUnparsable',
      message: expect.stringContaining(message),
      metrics: [],
      series: [],
    });
  });

  test('bounds every text, so that the record can always be framed', () => {
    const long = 'y'.repeat(1_000_000);
    const record = account(
      given({ argv: [long], warnings: Array.from({ length: 1000 }, () => long), verdict: { ...failed, message: long } }),
    );
    expect(JSON.stringify(record).length).toBeLessThan(200_000);
    expect(() => {
      assertRecord(record);
    }).not.toThrow();
  });
});

test('failure gives a sound record without a window', () => {
  const record = failure(identity, 'ToolMissing', 'iperf3 is not installed');
  expect(record.window).toBeUndefined();
  expect(() => {
    assertRecord(record);
  }).not.toThrow();
});
