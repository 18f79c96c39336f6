import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { read, toolOutput, values } from '../testing.ts';
import type { SoakReport } from './report.ts';
import { cpusoaker } from './workload.ts';

const parameters = { workers: 2, duration: '1s' };

function report(changes: Partial<SoakReport> = {}): string {
  return JSON.stringify(
    { soak: 1, elapsed: 1.002, cpuTime: 1.5, iterations: [3_000_000, 2_000_000], ...changes } satisfies SoakReport,
    undefined,
    2,
  );
}

describe('the plan', () => {
  test('is one pod that counts in threads', () => {
    expect(cpusoaker.plan({ workers: 4, duration: '1m' })).toMatchObject([
      {
        name: 'soaker',
        replicas: 1,
        ends: true,
        task: { argv: ['node', { script: 'cpusoaker/soak.ts' }, '--workers=4', '--seconds=60'], deadline: 120, measures: true },
      },
    ]);
  });

  test('is expected to take its duration', () => {
    expect(cpusoaker.duration({ workers: 1, duration: '1m30s' })).toBe(90);
  });
});

test.each([
  ['100ms', []],
  ['24h', []],
  ['99ms', ['99ms is not allowed; 100ms to 24h']],
  ['25h', ['25h is not allowed; 100ms to 24h']],
])('a duration of %s: %j', (duration, messages) => {
  expect(cpusoaker.check?.({ workers: 1, duration }).map(({ message }) => message)).toEqual(messages);
});

test('the summary shows the iterations per second', () => {
  expect(cpusoaker.headline(parameters)).toBe('iterationsPerSecond');
});

describe('the result', () => {
  test('counts per second of wall time and of CPU time', () => {
    expect(values(cpusoaker.parse(toolOutput({ stdout: report({ elapsed: 2, cpuTime: 4 }) }), parameters))).toEqual({
      iterationsPerSecond: 2_500_000,
      iterationsPerCPUSecond: 1_250_000,
      iterations: 5_000_000,
      cpuTime: 4,
      cpuUtilization: 2,
      measuredTime: 2,
    });
  });

  test('needs no parameters', () => {
    const output = toolOutput({ stdout: report(), exitCode: null });
    expect(cpusoaker.parse(output)).toEqual(cpusoaker.parse(output, parameters));
  });

  test.each<[string, Parameters<typeof toolOutput>[0], string, string]>([
    ['nothing was printed', {}, 'OutputUnparsable', 'no JSON result'],
    ['it is cut', { stdout: report().slice(0, -3) }, 'OutputUnparsable', 'cut or damaged'],
    [
      'it is of something else',
      { stdout: '{\n"elapsed": 1,\n"cpuTime": 1,\n"iterations": [1]\n}' },
      'OutputUnparsable',
      'no report of cpusoaker',
    ],
    ['it used no CPU time', { stdout: report({ cpuTime: 0 }) }, 'OutputUnparsable', 'lacks a wall time or a CPU time'],
    ['a thread is missing', { stdout: report({ iterations: [5] }) }, 'OutputUnparsable', '1 of 2 threads counted'],
    ['a thread did not count', { stdout: report({ iterations: [5, 0] }) }, 'OutputUnparsable', '1 of 2 threads counted'],
    ['it ended early', { stdout: report({ elapsed: 0.5 }) }, 'OutputUnparsable', 'counted 0.5 s where 1 s were asked for'],
    ['the script failed', { stdout: report(), exitCode: 1, stderr: 'Error' }, 'ToolFailed', 'exit code 1: Error'],
    ['it was killed', { stdout: report(), exitCode: null, signal: 'SIGKILL' }, 'ToolCrashed', 'ended by SIGKILL'],
  ])('is none when %s', (_, output, reason, message) => {
    expect(cpusoaker.parse(toolOutput(output), parameters)).toEqual({ ok: false, reason, message: expect.stringContaining(message) });
  });
});

async function soak(...args: string[]) {
  return promisify(execFile)(process.execPath, [join(import.meta.dirname, 'soak.ts'), ...args]);
}

describe('soak.ts', () => {
  test('counts in each thread for the time asked for', async () => {
    const { stdout } = await soak('--workers=3', '--seconds=0.2');
    const found = read(cpusoaker.parse(toolOutput({ stdout }), { workers: 3, duration: '200ms' }));
    expect(found).toMatchObject({ measuredTime: expect.any(Number), iterations: expect.any(Number) });
    expect(JSON.parse(stdout).iterations).toHaveLength(3);
  });

  test.each([
    ['a number of threads that is none', '--workers=one', '--seconds=0.1'],
    ['no thread', '--workers=0', '--seconds=0.1'],
    ['no time', '--workers=1', '--seconds=0'],
  ])('fails with %s', async (_, workers, seconds) => {
    await expect(soak(workers, seconds)).rejects.toMatchObject({ code: 1, stdout: '' });
  });
});
