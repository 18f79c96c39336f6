import { parseDuration } from '../../measure/quantity.ts';
import type { Workload } from '../workload.ts';
import { metrics } from './metrics.ts';
import type { SleepParameters } from './parameters.ts';
import { parseSleep } from './parse.ts';

const day = 86_400;

/** Waits for a given time. Metrics: requestedTime, measuredTime and their difference overshoot (s, lower is better). */
export const sleep: Workload<SleepParameters> = {
  name: 'sleep',
  title: 'Wait for a given time',
  image: 'assay-runner',
  topology: 'Any',
  programs: { sleep: 'coreutils' },
  metrics,
  headline: () => 'measuredTime',
  check: ({ duration }) => (parseDuration(duration) > day ? [{ path: 'duration', message: `${duration} is too long; up to 24h` }] : []),
  plan: ({ duration }) => [
    {
      name: 'sleeper',
      replicas: 1,
      ends: true,
      task: { argv: ['sleep', seconds(duration)], deadline: parseDuration(duration) + 30, measures: true },
    },
  ],
  duration: ({ duration }) => parseDuration(duration),
  parse: parseSleep,
};

/** sleep(1) of coreutils takes decimal seconds; a fixed notation keeps very short times from becoming 1e-7. */
function seconds(duration: string): string {
  return String(Number(parseDuration(duration).toFixed(6)));
}
