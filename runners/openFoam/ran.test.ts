import { describe, expect, test } from '@jest/globals';
import type { OpenFoamParameters } from './parameters.ts';
import { contradiction, otherRun } from './ran.ts';
import type { RunReport } from './report.ts';
import type { Solution, SolverLog } from './solver-log.ts';
import { parameters } from './testing.ts';

const solved = { solver: 'DICPCG', residual: 9e-7, iterations: 20 };

/** A run of 20 steps of 8000 cells on 4 ranks of 2 nodes. */
function log(changes: Partial<SolverLog> = {}, pressure: Solution = solved): SolverLog {
  const step = { time: 1, courant: 0.4, velocity: [solved, solved, solved], pressure: [solved, pressure], clock: 12 };
  return { version: '1912', processes: 4, hosts: [2, 2], steps: Array.from({ length: 20 }, () => step), ...changes };
}

function report(changes: Partial<RunReport> = {}): RunReport {
  const rank = { userTime: 9, systemTime: 1, peakMemory: 1e8 };
  return { openFoam: 1, cells: 8000, wallTime: 13, loopTime: 11, ranks: [rank, rank, rank, rank], ...changes };
}

const asked = parameters({ cells: 20, processes: 4, nodes: 2 });

describe('log and report', () => {
  test('of one run agree', () => {
    expect(contradiction(log(), report())).toBeUndefined();
  });

  test.each<[string, Partial<RunReport>, string]>([
    ['a rank is silent', { ranks: report().ranks.slice(1) }, '3 of 4 ranks said what they used'],
    ['nobody says anything', { ranks: [] }, '0 of 4 ranks said what they used'],
    ['somebody else says something', { ranks: [...report().ranks, ...report().ranks.slice(3)] }, '5 of 4 ranks said what they used'],
    ['the loop took no time that is a number', { loopTime: Number.NaN }, 'NaN s were measured for its loop'],
    ['the loop took no time', { loopTime: 0 }, 'the solver counted 12 s, but 0 s were measured for its loop'],
    ['the loop took longer than all', { loopTime: 13.1 }, '13.1 s were measured for its loop and 13 s for all'],
    ['the loop took longer than the solver says', { loopTime: 14, wallTime: 15 }, '14 s were measured for its loop'],
    ['all took less than the solver says', { loopTime: 9, wallTime: 10 }, 'the solver counted 12 s'],
  ])('do not when %s', (_, changes, problem) => {
    expect(contradiction(log(), report(changes))).toContain(problem);
  });
});

describe('the run', () => {
  test.each<[string, SolverLog, Partial<OpenFoamParameters>]>([
    ['to a residual', log(), {}],
    ['by iterations', log({}, { ...solved, residual: 0.1 }), { iterations: 20 }],
  ])('was the one asked for, %s', (_, ran, changes) => {
    expect(otherRun(ran, report(), { ...asked, ...changes })).toBeUndefined();
  });

  test.each<[string, Partial<OpenFoamParameters>, string]>([
    ['mesh', { cells: 21 }, 'it ran with 8000 cells where 9261 were asked for'],
    ['time', { steps: 21 }, 'it ran with 20 steps where 21 were asked for'],
    ['number of ranks', { processes: 8 }, 'it ran with 4 ranks where 8 were asked for'],
    ['number of nodes', { nodes: 4 }, 'it ran with 2 nodes where 4 were asked for'],
    ['solver', { solver: 'GAMG' }, 'step 1: DICPCG solved the pressure to 9e-7 in 20 iterations, where GAMG was to solve it to 0.000001'],
    ['number of iterations', { iterations: 30 }, 'where DICPCG was to solve it in 30 iterations'],
  ])('had another %s', (_, changes, problem) => {
    expect(otherRun(log(), report(), { ...asked, ...changes })).toContain(problem);
  });

  test.each([2e-6, Number.NaN])('was not solved at a residual of %d', (residual) => {
    expect(otherRun(log({}, { ...solved, residual }), report(), asked)).toContain('was to solve it to 0.000001');
  });
});

test.each([
  ['one more than the other', [3, 1]],
  ['not all', [1, 1]],
])('nodes that had %s of the ranks are told', (_, hosts) => {
  expect(otherRun(log({ hosts }), report(), asked)).toBe(`its nodes had ${hosts.join(', ')} ranks where each was to have as many`);
});

test('a run without a single step is another one than asked for', () => {
  expect(contradiction(log({ steps: [] }), report())).toContain('the solver counted NaN s');
  expect(otherRun(log({ steps: [] }), report(), asked)).toBe('it ran with 0 steps where 20 were asked for');
});
