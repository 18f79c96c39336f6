import type { Limits, Problem } from '../workload.ts';
import type { PyTorchParameters } from './parameters.ts';

export const worker = 'worker';
const resource = 'nvidia.com/gpu';

/** How many GPUs the run has: what the pod's limits give it, and none on the CPU. */
export function gpusOf({ device }: PyTorchParameters, limits?: Limits): number {
  return device === 'CUDA' ? Number(limits?.(worker)[resource] ?? 0) : 0;
}

/** Without a limit a pod gets no GPU, or, where all containers see all of a node's, those of others. */
export function gpuProblems(parameters: PyTorchParameters, limits?: Limits): Problem[] {
  const { device, batchSize } = parameters;
  if (device !== 'CUDA') return [];
  const gpus = gpusOf(parameters, limits);
  if (!Number.isInteger(gpus) || gpus < 1) {
    return [{ path: 'device', message: `CUDA needs a whole number of GPUs, such as spec.pod.resources.limits: {${resource}: 1}` }];
  }
  if (batchSize % gpus === 0) return [];
  return [
    { path: 'batchSize', message: `${batchSize} samples cannot be shared evenly by ${gpus} GPUs; the one with most would set the pace` },
  ];
}
