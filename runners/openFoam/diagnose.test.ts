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
