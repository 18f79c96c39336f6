import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { imageFor } from '../registry.ts';
import { parameters } from './testing.ts';
import { pyTorch } from './workload.ts';

const choices = readFileSync(join(import.meta.dirname, 'models.py'), 'utf8');

test.each([
  ['CPU', 'assay-pytorch'],
  ['CUDA', 'assay-pytorch-cuda'],
] as const)('KP-8 a run on %s has the image %s', (device, image) => {
  expect(imageFor({ workload: pyTorch, parameters: parameters({ device }) })).toBe(image);
});

test('the summary shows samples per second', () => {
  expect(pyTorch.headline(parameters())).toBe('samplesPerSecond');
});

test.each(['alexnet', 'resnet50', 'llama'])('the program has the model %s', (model) => {
  expect(choices).toContain(`    "${model}": (`);
});
