import type { MetricDefinition } from '../../measure/metric.ts';

export const metrics: readonly MetricDefinition[] = [
  { name: 'iterationsPerSecond', unit: '1/s', better: 'Higher', description: 'Counts of all threads per second of wall time.' },
  {
    name: 'iterationsPerCPUSecond',
    unit: '1/s',
    better: 'Higher',
    description: 'Counts per second of CPU time: how fast a core is, whether or not the pod got it all the time.',
  },
  { name: 'iterations', unit: 'count', better: 'None', description: 'Counts of all threads.' },
  { name: 'cpuTime', unit: 's', better: 'None', description: 'CPU time of all threads, user and system.' },
  {
    name: 'cpuUtilization',
    unit: 'ratio',
    better: 'None',
    description: 'CPU time per second of wall time; 1 is one core. Less than `workers` says that the pod did not get what it could use.',
  },
  {
    name: 'measuredTime',
    unit: 's',
    better: 'None',
    description: 'Wall time from the common start of the threads to the end of the last one.',
  },
];
