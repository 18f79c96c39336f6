import type { MetricDefinition } from '../../measure/metric.ts';

/** What perftest prints in microseconds after the number of iterations, in the order of its columns. */
export const times = [
  ['latencyMin', 'Shortest time'],
  ['latencyMax', 'Longest time but for the two that perftest leaves out'],
  ['latencyP50', 'Median time'],
  ['latencyMean', 'Average time'],
  ['latencyDeviation', 'Standard deviation of the times, by up to 1 µs too small'],
  ['latencyP99', '99 % point of the times'],
  ['latencyP999', '99.9 % point of the times'],
] as const;

export const metrics: readonly MetricDefinition[] = [
  ...times.map(([name, what]): MetricDefinition => ({
    name,
    unit: 's',
    better: name === 'latencyDeviation' ? 'None' : 'Lower',
    description: `${what} of one message, at the message size with the smallest average.`,
  })),
  {
    name: 'transactionRate',
    unit: '1/s',
    better: 'Higher',
    description: 'Messages per second one after the other. With `duration` only.',
  },
];
