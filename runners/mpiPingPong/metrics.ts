import type { MetricDefinition } from '../../measure/metric.ts';

export const metrics: readonly MetricDefinition[] = [
  {
    name: 'peakBandwidth',
    unit: 'bit/s',
    better: 'Higher',
    description: 'Highest bandwidth of the first benchmark over all message sizes. Not measured by collective operations.',
  },
  {
    name: 'minimumLatency',
    unit: 's',
    better: 'Lower',
    description:
      'Shortest time of the first benchmark over all message sizes: half a round trip of a ping-pong, else one operation in the slowest process.',
  },
];
