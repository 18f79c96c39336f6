import type { Limits, RolePlan } from '../workload.ts';
import { gpusOf, worker } from './gpus.ts';
import type { PyTorchParameters } from './parameters.ts';

/** Debian's own, to which its PyTorch belongs; another one on the PATH would not find it. */
export const python = '/usr/bin/python3';

/** Floating-point operations of one sample's way forward, two for a multiplication with an addition; backward takes twice as many. */
const operations = { alexnet: 1.4e9, resnet50: 8.2e9, llama: 2.4e10 };
/** What a machine is taken to do for a forecast, operations per second. */
const usual = { CPU: 5e10, CUDA: 1e13 };

/** One pod. Its time is not known beforehand: timeouts.running bounds it. */
export function plan(parameters: PyTorchParameters, limits?: Limits): RolePlan[] {
  const { model, mode, precision, batchSize, iterations, warmupIterations, threads } = parameters;
  const argv = [
    python,
    // No compiled files beside the sources.
    '-B',
    { script: 'pyTorch/bench.py' },
    `--model=${model}`,
    `--mode=${mode}`,
    `--precision=${precision}`,
    `--batch-size=${batchSize}`,
    `--iterations=${iterations}`,
    `--warmup=${warmupIterations}`,
    `--gpus=${gpusOf(parameters, limits)}`,
    ...(threads === undefined ? [] : [`--threads=${threads}`]),
  ];
  return [{ name: worker, replicas: 1, ends: true, task: { argv, measures: true } }];
}

/** Seconds that the iterations take on some 4 cores or a middling GPU. */
export function expectedTime({ model, mode, device, batchSize, iterations, warmupIterations }: PyTorchParameters): number {
  const ways = mode === 'train' ? 3 : 1;
  return ((warmupIterations + iterations) * batchSize * operations[model] * ways) / usual[device];
}
