import { describe, expect, test } from '@jest/globals';
import { gpuProblems, gpusOf } from './gpus.ts';
import { gpuLimit, parameters } from './testing.ts';

const cuda = (batchSize: number) => parameters({ device: 'CUDA', batchSize });

describe('how many GPUs', () => {
  test.each([
    ['none on the CPU', parameters(), gpuLimit(2), 0],
    ['as many as the limit says', cuda(2), gpuLimit(2), 2],
    ['and as a text', cuda(2), gpuLimit('2'), 2],
    ['none without a limit', cuda(2), () => ({ cpu: 4 }), 0],
    ['none where limits are not known', cuda(2), undefined, 0],
  ])('%s', (_, given, limits, count) => {
    expect(gpusOf(given, limits)).toBe(count);
  });
});

describe('KP-38 combinations of device, batch and limit', () => {
  test.each([
    ['one GPU takes an odd batch', cuda(5), gpuLimit(1)],
    ['so do three of which each gets as many', cuda(9), gpuLimit(3)],
    ['and the CPU', parameters({ batchSize: 1 }), gpuLimit(2)],
  ])('%s', (_, given, limits) => {
    expect(gpuProblems(given, limits)).toEqual([]);
  });

  test.each([
    ['CUDA without limits', undefined],
    ['CUDA with another limit', () => ({ 'amd.com/gpu': 1 })],
    ['no GPU', gpuLimit(0)],
    ['half a GPU', gpuLimit('500m')],
    ['a word', gpuLimit('all')],
  ])('%s is refused with what to do', (_, limits) => {
    expect(gpuProblems(cuda(8), limits)).toEqual([
      { path: 'device', message: 'CUDA needs a whole number of GPUs, such as spec.pod.resources.limits: {nvidia.com/gpu: 1}' },
    ]);
  });

  test.each([
    [5, 2],
    [1, 2],
    [64, 3],
  ])('%d samples on %d GPUs are refused', (batchSize, gpus) => {
    expect(gpuProblems(cuda(batchSize), gpuLimit(gpus))).toEqual([
      { path: 'batchSize', message: expect.stringContaining(`${batchSize} samples cannot be shared evenly by ${gpus} GPUs`) },
    ]);
  });
});
