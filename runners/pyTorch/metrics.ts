import type { MetricDefinition } from '../../measure/metric.ts';

export const metrics: readonly MetricDefinition[] = [
  {
    name: 'samplesPerSecond',
    unit: '1/s',
    better: 'Higher',
    description: 'Images or sequences per second: batch size times iterations, by the time of all measured iterations.',
  },
  { name: 'iterationTimeMedian', unit: 's', better: 'Lower', description: 'Median time of an iteration.' },
  { name: 'iterationTimeMean', unit: 's', better: 'Lower', description: 'Mean time of an iteration.' },
  { name: 'iterationTimeMin', unit: 's', better: 'Lower', description: 'Time of the fastest iteration.' },
  { name: 'iterationTimeMax', unit: 's', better: 'Lower', description: 'Time of the slowest iteration.' },
  { name: 'measuredTime', unit: 's', better: 'None', description: 'Time of all measured iterations.' },
  { name: 'cpuTime', unit: 's', better: 'None', description: 'CPU time of all threads in that time, user and system.' },
  { name: 'cpuUtilization', unit: 'ratio', better: 'None', description: 'CPU time per second of measured time; 1 is one core.' },
  {
    name: 'peakCPUMemory',
    unit: 'B',
    better: 'Lower',
    description: 'Most memory that the process had at a time, the libraries of PyTorch included.',
  },
  {
    name: 'peakGPUMemory',
    unit: 'B',
    better: 'Lower',
    description: 'Most memory that tensors took at a time, on the GPU that had most. Absent on the CPU.',
  },
  { name: 'gpus', unit: 'count', better: 'None', description: 'GPUs that took part; 0 on the CPU.' },
  { name: 'threads', unit: 'count', better: 'None', description: 'Threads that PyTorch computed with on the CPU.' },
];
