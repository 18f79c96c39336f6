import type { MetricDefinition } from '../../measure/metric.ts';

export const directions = ['read', 'write'] as const;
export type Direction = (typeof directions)[number];

/** Percentiles by the end of their metric's name, with the key under which fio reports them. */
export const percentiles = [
  ['P50', '50.000000'],
  ['P90', '90.000000'],
  ['P95', '95.000000'],
  ['P99', '99.000000'],
  ['P999', '99.900000'],
] as const;

export const metrics: readonly MetricDefinition[] = directions.flatMap(ofDirection);

function ofDirection(direction: Direction): MetricDefinition[] {
  const latencies: [string, string][] = [
    ['Mean', 'Mean'],
    ['Stdev', 'Standard deviation'],
    ...percentiles.map(([name, key]): [string, string] => [name, `${Number(key)} % point`]),
    ['Max', 'Maximum'],
  ];
  const done = direction === 'read' ? 'read' : 'written';
  return [
    {
      name: `${direction}Bandwidth`,
      unit: 'B/s',
      better: 'Higher',
      description: `Bytes ${done} per second, all jobs and workers together.`,
    },
    {
      name: `${direction}IOPS`,
      unit: '1/s',
      better: 'Higher',
      description: `Completed ${direction} requests per second, all jobs and workers together.`,
    },
    ...latencies.map(([name, what]): MetricDefinition => ({
      name: `${direction}Latency${name}`,
      unit: 's',
      better: 'Lower',
      description: `${what} of the completion latency of ${direction}s, over all jobs and workers.`,
    })),
  ];
}
