import type { Workload } from '../workload.ts';
import { gpuProblems } from './gpus.ts';
import { metrics } from './metrics.ts';
import type { PyTorchParameters } from './parameters.ts';
import { parsePyTorch } from './parse.ts';
import { expectedTime, plan, python } from './plan.ts';

/**
 * Training and evaluation of neural networks. Metrics: samplesPerSecond (1/s, higher is better), iterationTimeMedian, Mean, Min and Max
 * (s, lower), peakCPUMemory and peakGPUMemory (B, lower); the time of each iteration and the memory of each GPU as series.
 */
export const pyTorch: Workload<PyTorchParameters> = {
  name: 'pyTorch',
  title: 'Training and evaluation of neural networks',
  image: 'assay-pytorch',
  variant: { image: 'assay-pytorch-cuda', suits: ({ device }) => device === 'CUDA' },
  topology: 'Any',
  programs: { [python]: 'python3-torch' },
  metrics,
  headline: () => 'samplesPerSecond',
  check: gpuProblems,
  plan,
  duration: expectedTime,
  parse: parsePyTorch,
};
