import { describe, expect, test } from '@jest/globals';
import { read, toolOutput } from '../testing.ts';
import { sleep } from './workload.ts';

describe('the plan', () => {
  test.each([
    ['1s', '1'],
    ['1500ms', '1.5'],
    ['2m', '120'],
    ['1us', '0.000001'],
    ['0s', '0'],
  ])('%s is sleep %s', (duration, seconds) => {
    expect(sleep.plan({ duration })[0]?.task.argv).toEqual(['sleep', seconds]);
  });

  test('is one pod, whose end ends the run, bounded', () => {
    expect(sleep.plan({ duration: '1m' })).toMatchObject([
      { name: 'sleeper', replicas: 1, ends: true, task: { deadline: 90, measures: true } },
    ]);
  });

  test('is expected to take its duration', () => {
    expect(sleep.duration({ duration: '1m30s' })).toBe(90);
  });
});

test('the summary shows the measured time', () => {
  expect(sleep.headline({ duration: '1s' })).toBe('measuredTime');
});

test.each([
  ['24h', []],
  ['25h', [{ path: 'duration', message: '25h is too long; up to 24h' }]],
])('%s: %j', (duration, problems) => {
  expect(sleep.check?.({ duration })).toEqual(problems);
});

describe('the result', () => {
  const parameters = { duration: '1s' };

  test('is the time that the agent measured', () => {
    expect(read(sleep.parse(toolOutput({ elapsed: 1.002 }), parameters))).toEqual({
      requestedTime: 1,
      measuredTime: 1.002,
      overshoot: expect.closeTo(0.002, 9),
    });
  });

  test('without parameters is the measured time alone', () => {
    expect(read(sleep.parse(toolOutput({ elapsed: 1.002 })))).toEqual({ measuredTime: 1.002 });
  });

  test.each([
    ['no time was measured', {}, 'OutputUnparsable'],
    ['the time is no number', { elapsed: Number.NaN }, 'OutputUnparsable'],
    ['the clock ran backwards', { elapsed: -1 }, 'OutputUnparsable'],
    ['it ended too early', { elapsed: 0.4 }, 'OutputUnparsable'],
    ['it failed', { elapsed: 1.1, exitCode: 1 }, 'ToolFailed'],
    ['it was killed', { elapsed: 1.1, exitCode: null, signal: 'SIGKILL' }, 'ToolCrashed'],
  ])('is none when %s', (_, output, reason) => {
    expect(read(sleep.parse(toolOutput(output), parameters))).toBe(reason);
  });
});
