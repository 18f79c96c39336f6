import { describe, expect, test } from '@jest/globals';
import type { PyTorchParameters } from './parameters.ts';
import { expectedTime, plan } from './plan.ts';
import { gpuLimit, parameters } from './testing.ts';

const timeOf = (changes: Partial<PyTorchParameters>) => expectedTime(parameters(changes));
const argv = (changes: Partial<PyTorchParameters>, gpus = 1) => plan(parameters(changes), gpuLimit(gpus))[0]?.task.argv ?? [];

describe('KP-8 the plan', () => {
  test('is one pod with everything in its arguments', () => {
    expect(plan(parameters())).toEqual([
      {
        name: 'worker',
        replicas: 1,
        ends: true,
        task: {
          argv: [
            '/usr/bin/python3',
            '-B',
            { script: 'pyTorch/bench.py' },
            '--model=resnet50',
            '--mode=eval',
            '--precision=FP32',
            '--batch-size=32',
            '--iterations=20',
            '--warmup=3',
            '--gpus=0',
          ],
          measures: true,
        },
      },
    ]);
  });

  test.each<[string, Partial<PyTorchParameters>, string]>([
    ['model', { model: 'llama' }, '--model=llama'],
    ['mode', { mode: 'train' }, '--mode=train'],
    ['precision', { precision: 'BF16' }, '--precision=BF16'],
    ['batch', { batchSize: 7 }, '--batch-size=7'],
    ['iterations', { iterations: 100 }, '--iterations=100'],
    ['no warm-up', { warmupIterations: 0 }, '--warmup=0'],
    ['threads', { threads: 4 }, '--threads=4'],
    ['GPUs by the limit', { device: 'CUDA' }, '--gpus=4'],
    ['no GPU on the CPU, whatever the limit', { device: 'CPU' }, '--gpus=0'],
  ])('%s', (_, changes, argument) => {
    expect(argv(changes, 4)).toContain(argument);
  });
});

describe('the expected time', () => {
  test('grows with every iteration, counted or not', () => {
    expect(timeOf({ iterations: 40, warmupIterations: 6 })).toBe(2 * timeOf({ iterations: 20, warmupIterations: 3 }));
  });

  test('grows with the batch', () => {
    expect(timeOf({ batchSize: 64 })).toBe(2 * timeOf({ batchSize: 32 }));
  });

  test('of training is longer', () => {
    expect(timeOf({ mode: 'train' }) / timeOf({ mode: 'eval' })).toBeCloseTo(3);
  });

  test('is shorter on a GPU', () => {
    expect(timeOf({ device: 'CUDA' })).toBeLessThan(timeOf({ device: 'CPU' }) / 100);
  });
});
