import { parseDuration } from '../../measure/quantity.ts';
import type { Problem, Workload } from '../workload.ts';
import { metrics } from './metrics.ts';
import type { CpusoakerParameters } from './parameters.ts';
import { parseSoak } from './parse.ts';

const day = 86_400;

/** CPU: counting in several threads. Metrics: iterationsPerSecond, iterationsPerCPUSecond (1/s, higher is better), cpuTime, cpuUtilization. */
export const cpusoaker: Workload<CpusoakerParameters> = {
  name: 'cpusoaker',
  title: 'Counting on several cores',
  image: 'assay-runner',
  topology: 'Any',
  programs: {},
  metrics,
  headline: () => 'iterationsPerSecond',
  check,
  plan: ({ workers, duration }) => [
    {
      name: 'soaker',
      replicas: 1,
      ends: true,
      task: {
        argv: ['node', { script: 'cpusoaker/soak.ts' }, `--workers=${workers}`, `--seconds=${parseDuration(duration)}`],
        deadline: parseDuration(duration) + 60,
        measures: true,
      },
    },
  ],
  duration: ({ duration }) => parseDuration(duration),
  parse: parseSoak,
};

function check({ duration }: CpusoakerParameters): Problem[] {
  const seconds = parseDuration(duration);
  return seconds >= 0.1 && seconds <= day ? [] : [{ path: 'duration', message: `${duration} is not allowed; 100ms to 24h` }];
}
