import { parseDuration } from '../../measure/quantity.ts';
import type { Workload } from '../workload.ts';
import { parseSleep } from './parse.ts';

export interface SleepParameters {
  duration: string;
}

const day = 86_400;

/** Waits for a given time. Metrics: requestedTime, measuredTime and their difference overshoot (s, lower is better). */
export const sleep: Workload<SleepParameters> = {
  name: 'sleep',
  title: 'Wait for a given time',
  image: 'assay-runner',
  topology: 'Any',
  programs: { sleep: 'coreutils' },
  metrics: [
    { name: 'requestedTime', unit: 's', better: 'None', description: 'The time asked for.' },
    { name: 'measuredTime', unit: 's', better: 'None', description: 'Wall time from the start of `sleep` to its end, seen by the agent.' },
    {
      name: 'overshoot',
      unit: 's',
      better: 'Lower',
      description: 'measuredTime less requestedTime: process start, scheduling and end of the process.',
    },
  ],
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
