import { expect, test } from '@jest/globals';
import { sample, toolOutput } from '../testing.ts';
import { diagnose } from './diagnose.ts';
import { pyTorchSamples } from './testing.ts';

test.each([
  ['err_not_installed.txt', 'ToolMissing', 'torch is not installed for /usr/bin/python3; apt-get install python3-torch'],
  ['err_no_memory.txt', 'OutOfMemory', 'the pod has too little memory for this batchSize'],
  ['err_published_gpu_memory.txt', 'OutOfMemory', 'the GPU has too little memory for this batchSize'],
])('the words of %s mean %s', (name, reason, message) => {
  expect(diagnose(sample(pyTorchSamples, name))).toEqual({ ok: false, reason, message: expect.stringContaining(message) });
});

test.each([
  ['another missing module', "ModuleNotFoundError: No module named 'torchaudio'\n"],
  ['a module that is only mentioned', "warning: No module named 'torch'\n"],
  ['nothing', ''],
])('%s says no more than that it failed', (_, stderr) => {
  expect(diagnose(toolOutput({ stderr, exitCode: 1 }))).toBeUndefined();
});
