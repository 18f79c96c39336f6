import type { MetricDefinition } from '../../measure/metric.ts';

export const metrics: readonly MetricDefinition[] = [
  {
    name: 'peakBandwidth',
    unit: 'bit/s',
    better: 'Higher',
    description:
      'Highest peak over all message sizes; a peak is the best stretch of a run. Not measured by time, nor above 20,000 iterations.',
  },
  { name: 'bandwidth', unit: 'bit/s', better: 'Higher', description: 'Highest average over all message sizes, headers not counted.' },
  {
    name: 'messageRate',
    unit: '1/s',
    better: 'Higher',
    description: 'Highest average number of messages per second over all message sizes.',
  },
];
