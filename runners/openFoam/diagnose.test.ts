import { expect, test } from '@jest/globals';
import { sample, toolOutput } from '../testing.ts';
import { diagnose, notInstalled } from './diagnose.ts';
import { openFoamSamples } from './testing.ts';

test.each([
  ['err_not_installed.txt', 'ToolMissing', 'blockMesh is not installed; apt-get install openfoam'],
  ['err_wrong_np.txt', 'ToolFailed', 'OpenFOAM gave up: number of processor directories = 2 is not equal to the number of processors = 3'],
  [
    'err_unknown_solver.txt',
    'ToolFailed',
    'OpenFOAM gave up: Entry \'solver\' not found in dictionary "/tmp/run-1/system/fvSolution.solvers.p"',
  ],
  ['err_diverged.txt', 'ToolCrashed', 'icoFoam diverged: a floating point exception ended it'],
])('%s is %s', (name, reason, message) => {
  expect(diagnose(sample(openFoamSamples, name))).toEqual({ ok: false, reason, message });
});

test('what the launch says is told', () => {
  const stderr =
    'assay-launch: PeerUnreachable: 10.0.0.2 port 2222: the connection broke before the daemon ended\nmpirun ended with exit code 1\n';
  expect(diagnose(toolOutput({ stderr }))).toMatchObject({
    reason: 'PeerUnreachable',
    message: expect.stringContaining('10.0.0.2 port 2222'),
  });
});

test.each(['', 'mpirun ended with exit code 1\n', '[0] \n[0] --> FOAM FATAL ERROR: \n[0] \n'])('%j explains nothing', (stderr) => {
  expect(diagnose(toolOutput({ stderr }))).toBeUndefined();
});

test.each([
  ['mpirun', 'mpirun is not installed; apt-get install openmpi-bin'],
  ['other', 'other is not installed'],
])('%s that is missing', (program, message) => {
  expect(notInstalled(program)).toBe(message);
});

const fatal = (words: string) => `--> FOAM FATAL ERROR: \n${words}\n\n    From function main\n`;

test.each([
  ['as long as it likes', fatal('x'.repeat(1_000_000))],
  ['in a million lines', fatal('word\n'.repeat(1_000_000))],
  ['with control characters', fatal('\u001b[31mred\u0007\0')],
  ['of many ranks', Array.from({ length: 300 }, (_, rank) => fatal(`rank ${rank} fails`).replaceAll(/^/gm, `[${rank}] `)).join('')],
])('what OpenFOAM says %s is told in a few plain words', (_, stderr) => {
  const told = diagnose(toolOutput({ stderr, exitCode: 1 }))?.message ?? '';
  expect(told).toMatch(/^OpenFOAM gave up: \P{Cc}+$/u);
  expect(told.length).toBeLessThan(400);
});

test.each([
  [
    'a program that is not there, before what follows from it',
    'icoFoam is not installed\n--> FOAM FATAL ERROR: \nno case\n\n',
    'ToolMissing',
  ],
  ['its own words, before the exception that ends it', `${fatal('no value')}sigFpe\n`, 'ToolFailed'],
  ['an exception, before what the launch says of it', 'Foam::sigFpe::sigHandler(int)\nassay-launch: PeerUnreachable: x\n', 'ToolCrashed'],
])('of several causes the first counts: %s', (_, stderr, reason) => {
  expect(diagnose(toolOutput({ stderr, exitCode: 1 }))?.reason).toBe(reason);
});
