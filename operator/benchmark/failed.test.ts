import { describe, expect, test } from '@jest/globals';
import type { Observed } from './observed.ts';
import { failed } from './failed.ts';
import { attempt, failedWith, second, seen, start, succeeded, told } from './testing/builders.ts';

const now = start + 10 * second;
const fault = { reason: 'ToolFailed', message: 'exit code 1' } as const;
const halfPlaced = attempt(0, 'Failed', { reason: 'HalfPlaced' });
const output = { stdout: 'raw', stderr: '', truncated: false };

function after(attempts: ReturnType<typeof attempt>[], retries: number): Observed {
  return seen([failedWith('ToolFailed')], { spec: { retries }, status: { attempts } });
}

describe('retries', () => {
  test.each<[string, Observed, string]>([
    ['none asked for', after([], 0), 'Failed'],
    ['one left', after([], 1), 'Pending'],
    ['all used up', after([attempt(0, 'Failed')], 1), 'Failed'],
    ['a suspension uses none up', after([attempt(0, 'Suspended')], 1), 'Pending'],
    ['a place given back uses none up', after([halfPlaced], 1), 'Pending'],
    ['failures and places given back together', after([halfPlaced, attempt(1, 'Failed')], 1), 'Failed'],
  ])('%s', (_, observed, phase) => {
    expect(failed(observed, now, fault).status.phase).toBe(phase);
  });

  test('what another attempt cannot mend is not tried again', () => {
    expect(failed(after([], 3), now, { reason: 'NameConflict', message: 'taken' }).status.phase).toBe('Failed');
  });

  test('the failed attempt is kept apart, with its own record', () => {
    const { status } = failed(after([attempt(0, 'Failed')], 2), now, fault);
    expect(status.attempts).toMatchObject([
      { index: 0, outcome: 'Failed' },
      { index: 1, outcome: 'Failed', reason: 'ToolFailed', finishedAt: '2026-11-21T12:00:10.000Z' },
    ]);
    expect(status).not.toHaveProperty('metrics');
  });

  test('the message says what failed and what is left', () => {
    expect(told(failed(after([], 2), now, fault))).toEqual({
      phase: 'Pending',
      reason: 'Retrying',
      message: 'attempt 0 failed: exit code 1; trying again, 2 of 2 retries left',
    });
  });
});

function published(observed: Observed): string[] {
  return failed(observed, now, fault).actions.flatMap((action) => (action.type === 'Publish' ? action.name : []));
}

const member = (pods: Observed['pods'], retries = 0) => {
  const observed = seen(pods, { spec: { retries } });
  observed.benchmark.metadata.labels = { 'assay.dev/set': 'sweep' };
  return observed;
};

describe('results of a failure', () => {
  const withOutput = [
    { ...failedWith('ToolFailed'), ended: { ...failedWith('ToolFailed').ended, record: { ...succeeded().ended?.record, output } } },
  ] as Observed['pods'];

  test.each<[string, Observed, string[]]>([
    ['a lone one keeps what its pods left', seen([failedWith('ToolFailed')]), ['net-results']],
    ['nothing was left', seen(), []],
    ['a member leaves figures to its set', member([failedWith('ToolFailed')]), []],
    ['a member keeps raw output', member(withOutput), ['net-results']],
    ['an attempt that another follows keeps raw output under its own name', member(withOutput, 1), ['net-attempt-0']],
    ['an attempt that another follows keeps nothing else', seen([failedWith('ToolFailed')], { spec: { retries: 1 } }), []],
    ['what cannot be published is not tried for ever', seen([failedWith('ToolFailed')], { unpublished: 'taken' }), []],
  ])('%s', (_, observed, names) => {
    expect(published(observed)).toEqual(names);
  });

  test('why results are not published stands among the warnings', () => {
    expect(failed(seen([failedWith('ToolFailed')], { unpublished: 'name taken' }), now, fault).status.warnings).toEqual(['name taken']);
  });
});
