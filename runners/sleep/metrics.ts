import type { MetricDefinition } from '../../measure/metric.ts';

export const metrics: readonly MetricDefinition[] = [
  { name: 'requestedTime', unit: 's', better: 'None', description: 'The time asked for.' },
  { name: 'measuredTime', unit: 's', better: 'None', description: 'Wall time from the start of `sleep` to its end, seen by the agent.' },
  {
    name: 'overshoot',
    unit: 's',
    better: 'Lower',
    description: 'Difference of the two: start of the process, scheduling and end of the process.',
  },
];
