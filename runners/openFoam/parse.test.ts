import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { ToolOutput } from '../workload.ts';
import { read, sample, sampleNames, toolOutput, values } from '../testing.ts';
import type { OpenFoamParameters } from './parameters.ts';
import { parseOpenFoam } from './parse.ts';
import { openFoamSamples, parameters, solverSamples } from './testing.ts';

const two = sample(openFoamSamples, 'two_ranks_GAMG.txt');

const good: [string, Partial<OpenFoamParameters>][] = [
  ['one_rank.txt', { cells: 16, steps: 3 }],
  ['one_rank_fixed_1.txt', { cells: 16, steps: 2, iterations: 1 }],
  ['two_ranks_GAMG.txt', { cells: 20, steps: 3, solver: 'GAMG', processes: 2 }],
  ['two_ranks_GAMGPCG_fixed.txt', { cells: 20, steps: 3, solver: 'GAMGPCG', processes: 2, iterations: 4 }],
];

test.each(good)('KP-3 %s has wall, user and system time', (name, changes) => {
  const found = values(parseOpenFoam(sample(openFoamSamples, name), parameters(changes)));
  expect(found).toMatchObject({ wallTime: expect.any(Number), userTime: expect.any(Number), systemTime: expect.any(Number) });
});

test('all figures of a run on two ranks', () => {
  const { metrics: _, ...about } = { ...parseOpenFoam(two), metrics: [] };
  expect(about).toEqual({ ok: true, toolVersion: 'OpenFOAM 1912' });
  const document = JSON.parse(two.stdout.slice(two.stdout.indexOf('\n{\n')));
  const { wallTime, loopTime, ranks } = document;
  expect(values(parseOpenFoam(two))).toEqual({
    cellUpdatesPerSecond: 24_000 / loopTime,
    timePerStep: loopTime / 3,
    wallTime,
    userTime: ranks[0].userTime + ranks[1].userTime,
    systemTime: ranks[0].systemTime + ranks[1].systemTime,
    peakMemory: ranks[0].peakMemory + ranks[1].peakMemory,
    cells: 8000,
    pressureIterations: 70,
    courantNumber: 0.33744,
    residual: 9.48085e-7,
  });
});

test('needs no parameters', () => {
  expect(parseOpenFoam(two)).toEqual(parseOpenFoam(two, parameters(good[2]?.[1])));
});

describe('recordings of failures', () => {
  const failures = sampleNames(openFoamSamples).filter((name) => name.startsWith('err_'));
  const reasons: Record<string, string> = {
    'err_diverged.txt': 'ToolCrashed',
    'err_killed.txt': 'OutputUnparsable',
    'err_not_installed.txt': 'ToolMissing',
    'err_unknown_solver.txt': 'ToolFailed',
    'err_wrong_np.txt': 'ToolFailed',
  };

  test('are all listed here', () => {
    expect(failures).toEqual(Object.keys(reasons));
  });

  test.each(Object.entries(reasons))('%s is %s, whatever the exit code', (name, reason) => {
    const output = sample(openFoamSamples, name);
    const all = [output, { ...output, exitCode: 0 }, { ...output, exitCode: 1 }].map((left) => read(parseOpenFoam(left)));
    expect(all).toEqual([reason, reason, reason === 'OutputUnparsable' ? 'ToolFailed' : reason]);
  });
});

function changed(from: string | RegExp, to: string): ToolOutput {
  const stdout = two.stdout.replace(from, to);
  if (stdout === two.stdout) throw new Error(`${String(from)} is not in the recording`);
  return toolOutput({ stdout });
}

test.each<[string, ToolOutput, string, string]>([
  ['the log alone', sample(solverSamples, 'icoFoam_parallel_np2.txt'), 'OutputUnparsable', 'no JSON result'],
  ['the report alone', changed(/^[\s\S]*?(?=\n\{\n)/, ''), 'OutputUnparsable', 'there is no head of icoFoam'],
  [
    'a report of something else',
    changed('"openFoam": 1', '"soak": 1'),
    'OutputUnparsable',
    'the report after the log of icoFoam is damaged',
  ],
  ['a report without cells', changed('"cells": 8000', '"cells": null'), 'OutputUnparsable', 'is damaged'],
  ['a report without a wall time', changed(/"wallTime": .*,/, ''), 'OutputUnparsable', 'is damaged'],
  ['a report without ranks', changed(/"ranks": \[[\s\S]*\]/, '"ranks": []'), 'OutputUnparsable', '0 of 2 ranks said what they used'],
  ['CPU time below nothing', changed('"userTime": 0.08', '"userTime": -0.08'), 'OutputUnparsable', 'is damaged'],
  ['a loop longer than the whole', changed(/"loopTime": [\d.]+/, '"loopTime": 3'), 'OutputUnparsable', '3 s were measured for its loop'],
  ['a second report', changed(/$/, two.stdout.slice(two.stdout.indexOf('\n{\n') + 1)), 'OutputUnparsable', 'several results'],
  ['a log behind the report', changed(/([\s\S]*\n)(\{\n[\s\S]*)$/, '$2$1'), 'OutputUnparsable', 'is cut or damaged'],
  ['a residual that is no number', changed('9.48085e-07', 'nan'), 'OutputUnparsable', 'GAMG left a residual of NaN'],
  ['a Courant number that is no number', changed('max: 0.33744', 'max: -nan'), 'OutputUnparsable', 'the Courant number is NaN'],
  ['a rank without memory', changed(/"peakMemory": \d+/, '"peakMemory": "?"'), 'OutputUnparsable', 'is damaged'],
  ['a lost step', changed(/^Time = 0.005\n[\s\S]*?(?=^Time)/m, ''), 'OutputUnparsable', 'step 2: it is at 0.0075 s instead of 0.005 s'],
  ['KP-3 a flow that diverged', changed('max: 0.33744', 'max: 2738.47'), 'OutputUnparsable', 'step 3: the solution diverged'],
  ['a silent rank', changed('nProcs : 2', 'nProcs : 3'), 'OutputUnparsable', '2 of 3 ranks said what they used'],
  ['a kill', { ...two, exitCode: null, signal: 'SIGKILL' }, 'ToolCrashed', 'ended by SIGKILL'],
  ['an exit code', { ...two, exitCode: 1, stderr: 'mpirun ended with exit code 1' }, 'ToolFailed', 'mpirun ended with exit code 1'],
])('%s is no result', (_, output, reason, message) => {
  expect(parseOpenFoam(output)).toEqual({ ok: false, reason, message: expect.stringContaining(message) });
});

test('another run than asked for is no result', () => {
  expect(parseOpenFoam(two, parameters({ cells: 20, steps: 4, solver: 'GAMG', processes: 2 }))).toMatchObject({
    ok: false,
    message: 'it ran with 3 steps where 4 were asked for',
  });
});

test('a pressure that was not solved far enough is no result of a run to a residual', () => {
  const output = changed('9.48085e-07', '1.00001e-06');
  expect(parseOpenFoam(output).ok).toBe(true);
  expect(parseOpenFoam(output, parameters(good[2]?.[1]))).toMatchObject({
    ok: false,
    message: expect.stringContaining('GAMG was to solve it to 0.000001'),
  });
});

describe('of a log with other lines between, lost or said twice, there is the same result or none', () => {
  const lines = two.stdout.slice(0, two.stdout.indexOf('\n{\n') + 1).split('\n');
  const report = two.stdout.slice(two.stdout.indexOf('\n{\n') + 1);
  const result = values(parseOpenFoam(two));

  function expectSameOrNone(changedLines: readonly string[]): void {
    const parsed = parseOpenFoam(toolOutput({ stdout: `${changedLines.join('\n')}${report}` }));
    if (parsed.ok) expect(values(parsed)).toEqual(result);
    else expect(parsed.reason).toBe('OutputUnparsable');
  }

  test.each(lines.map((line, index) => [index, line] as const).filter(([, line]) => /[=:(]/.test(line)))('line %i: %s', (index, line) => {
    expectSameOrNone(lines.toSpliced(index, 1));
    expectSameOrNone(lines.toSpliced(index, 0, line));
  });

  test('those of a stranger', () => {
    const stranger = fc.oneof(fc.string(), fc.constantFrom(...lines), fc.constant('mpirun: a warning'));
    fc.assert(
      fc.property(fc.nat({ max: lines.length }), stranger, (place, line) => {
        expectSameOrNone(lines.toSpliced(place, 0, line));
      }),
      { numRuns: 300 },
    );
  });
});
