import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { sample } from '../testing.ts';
import { readSolverLog } from './solver-log.ts';
import { solverSamples } from './testing.ts';

const serial = sample(solverSamples, 'icoFoam_serial.txt').stdout;
const parallel = sample(solverSamples, 'icoFoam_parallel_np2.txt').stdout;

function read(text: string) {
  const log = readSolverLog(text);
  if (typeof log === 'string') throw new Error(log);
  return log;
}

test('one process: its version, its steps, its clock', () => {
  const { steps, ...head } = read(serial);
  expect(head).toEqual({ version: '1912', processes: 1, hosts: [1] });
  expect(steps).toHaveLength(100);
  expect(steps.at(-1)).toMatchObject({ time: 0.5, courant: 0.852134, clock: 2 });
});

test('a step: the velocity by direction, and the pressure twice', () => {
  expect(read(parallel).steps[1]).toEqual({
    time: 0.01,
    courant: 0.585672,
    velocity: [
      { solver: 'smoothSolver', residual: 8.08008e-6, iterations: 21 },
      { solver: 'smoothSolver', residual: 6.19099e-6, iterations: 19 },
    ],
    pressure: [
      { solver: 'DICPCG', residual: 0.0165171, iterations: 12 },
      { solver: 'DICPCG', residual: 9.25715e-7, iterations: 38 },
    ],
    clock: 26,
  });
});

test.each([
  [parallel, 2, [2]],
  [parallel.replace('    (node-1 2)', '    (node-1 1)\n    (node-2 1)'), 2, [1, 1]],
])('several processes, and where they were', (text, processes, hosts) => {
  expect(read(text)).toMatchObject({ processes, hosts });
});

test('a figure that is none stays NaN', () => {
  expect(read(parallel.replace('max: 0.585672', 'max: -nan')).steps[1]?.courant).toBeNaN();
});

describe('not whole is', () => {
  const mid = parallel.indexOf('Time = 0.01');
  test.each([
    ['nothing', '', 'there is no head of icoFoam that says how many processes ran'],
    ['a log that ends before the loop', parallel.slice(0, parallel.indexOf('Starting')), 'the time loop was never reached'],
    ['one that ends within it', sample(solverSamples, 'err_timeout_killed_np2.txt').stdout, 'the log stops before the end of the run'],
    ['one without the end of MPI', parallel.replace('Finalising', ''), 'the log stops before the end of the run'],
    ['a step without a Courant number', parallel.replace(/^Courant.*\n/m, ''), 'step 1 is not whole'],
    ['one that begins twice', parallel.replace('Starting time loop', '$&\n$&'), 'the log stops before the end of the run'],
    ['one of no processes', parallel.replace('nProcs : 2', 'nProcs : 0'), 'there is no head of icoFoam that says how many processes ran'],
    ['a step without a time', parallel.replace(/^Time = .*/m, 'Time = '), 'step 1 is not whole'],
    ['a step without a clock', `${parallel.slice(0, mid)}${parallel.slice(mid).replace(/^ExecutionTime.*\n/m, '')}`, 'step 2 is not whole'],
  ])('%s', (_, text, problem) => {
    expect(readSolverLog(text)).toBe(problem);
  });
});

test('whatever icoFoam says, it is a log or a reason why not', () => {
  const line = fc.constantFrom(
    ...new Set(parallel.split('\n')),
    'Time = x',
    'Courant Number mean: nan max: nan',
    'nProcs : 99999999',
    '\0',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(line, fc.string()), { maxLength: 40 }), (lines) => {
      const log = readSolverLog(lines.join('\n'));
      if (typeof log === 'string') expect(log).not.toBe('');
      else expect(log).toMatchObject({ processes: expect.any(Number), hosts: expect.any(Array), steps: expect.any(Array) });
    }),
  );
});
