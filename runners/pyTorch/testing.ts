import { join } from 'node:path';
import type { Limits } from '../workload.ts';
import type { PyTorchParameters } from './parameters.ts';

export const pyTorchSamples = join(import.meta.dirname, 'testdata');

/** Parameters with the schema's defaults. */
export function parameters(changes: Partial<PyTorchParameters> = {}): PyTorchParameters {
  return {
    model: 'resnet50',
    mode: 'eval',
    device: 'CPU',
    precision: 'FP32',
    batchSize: 32,
    iterations: 20,
    warmupIterations: 3,
    ...changes,
  };
}

/** Limits of a pod that gets so many GPUs. */
export function gpuLimit(count: number | string): Limits {
  return () => ({ 'nvidia.com/gpu': count });
}
