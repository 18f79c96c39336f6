import { expect, test } from '@jest/globals';
import { sample } from '../testing.ts';
import type { SolverLog, Step } from './solver-log.ts';
import { readSolverLog } from './solver-log.ts';
import { unsound } from './sound.ts';
import { solverSamples } from './testing.ts';

const good = { solver: 'DICPCG', residual: 1e-7, iterations: 20 };

function step(time: number, changes: Partial<Step> = {}): Step {
  return { time, courant: 0.4, velocity: [good, good, good], pressure: [good, good], clock: 0, ...changes };
}

function log(...steps: Step[]): SolverLog {
  return { version: '1912', processes: 1, hosts: [1], steps };
}

test('equal steps with small Courant numbers and residuals are sound', () => {
  expect(unsound(log(step(0.001), step(0.002), step(0.003)))).toBeUndefined();
});

test('so is one whose times were rounded', () => {
  expect(unsound(log(step(0.000166666667), step(0.000333333333)))).toBeUndefined();
});

test.each<[string, Step[], string]>([
  ['no step', [], 'there are no steps'],
  ['a missing step', [step(0.001), step(0.003)], 'step 2: it is at 0.003 s instead of 0.002 s; steps are missing or damaged'],
  ['a time that is none', [step(Number.NaN)], 'step 1: it is at NaN s'],
  [
    'a large Courant number',
    [step(1), step(2, { courant: 1.01 })],
    'step 2: the solution diverged: the Courant number is 1.01, not from 0 to 1',
  ],
  ['one that is none', [step(1, { courant: Number.NaN })], 'step 1: the solution diverged: the Courant number is NaN'],
  ['one below nothing', [step(1, { courant: -0.1 })], 'step 1: the solution diverged: the Courant number is -0.1'],
  ['one without end', [step(1, { courant: Number.POSITIVE_INFINITY })], 'step 1: the solution diverged: the Courant number is Infinity'],
  ['a residual that is none', [step(1, { pressure: [good, { ...good, residual: Number.NaN }] })], 'DICPCG left a residual of NaN'],
  ['a large residual', [step(1, { velocity: [good, good, { ...good, residual: 11 }] })], 'DICPCG left a residual of 11'],
  ['a residual below nothing', [step(1, { pressure: [{ ...good, residual: -1e-7 }, good] })], 'DICPCG left a residual of -1e-7'],
  ['a residual without end', [step(1, { pressure: [{ ...good, residual: Number.POSITIVE_INFINITY }, good] })], 'a residual of Infinity'],
  ['a step that is there twice', [step(0.001), step(0.001)], 'step 2: it is at 0.001 s instead of 0.002 s'],
  ['time that does not go on', [step(0)], 'step 1: it is at 0 s'],
  ['time that goes back', [step(-0.001)], 'step 1: it is at -0.001 s'],
  ['a correction too many', [step(1, { pressure: [good, good, good] })], 'step 1: not all equations of the step were solved'],
  ['a correction too few', [step(1, { pressure: [good] })], 'step 1: not all equations of the step were solved'],
  ['a direction too few', [step(1, { velocity: [good, good] })], 'step 1: not all equations of the step were solved'],
])('%s is not', (_, steps, problem) => {
  expect(unsound(log(...steps))).toContain(problem);
});

test('KP-3 a real run that diverged is no result, though icoFoam ended it with 0', () => {
  const { stdout } = sample(solverSamples, 'err_unphysical_courant_exit0.txt');
  // It was recorded in two dimensions.
  const read = readSolverLog(stdout.replaceAll(/^(.*)Uy(.*\n)/gm, '$&$1Uz$2'));
  expect(typeof read === 'string' ? read : unsound(read)).toMatch(/^step 2: the solution diverged: the Courant number is \d/);
});
