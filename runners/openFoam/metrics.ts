import type { MetricDefinition } from '../../measure/metric.ts';

export const metrics: readonly MetricDefinition[] = [
  {
    name: 'cellUpdatesPerSecond',
    unit: '1/s',
    better: 'Higher',
    description: 'Cells of the mesh times steps per second of wall time in the time loop.',
  },
  { name: 'timePerStep', unit: 's', better: 'Lower', description: 'Wall time of the time loop per step.' },
  {
    name: 'wallTime',
    unit: 's',
    better: 'Lower',
    description: 'Wall time of the solver from its start to its end, the start of MPI and the reading of the mesh included.',
  },
  { name: 'userTime', unit: 's', better: 'Lower', description: 'CPU time in user code, of all ranks on all nodes.' },
  { name: 'systemTime', unit: 's', better: 'Lower', description: 'CPU time in the kernel, of all ranks on all nodes.' },
  { name: 'peakMemory', unit: 'B', better: 'Lower', description: 'The most memory that each rank had resident, summed over the ranks.' },
  { name: 'cells', unit: 'count', better: 'None', description: 'Cells of the mesh.' },
  {
    name: 'pressureIterations',
    unit: 'count',
    better: 'None',
    description: 'Iterations of the pressure solver in all steps; they differ with the number of ranks, unless they are fixed.',
  },
  { name: 'courantNumber', unit: 'count', better: 'None', description: 'Largest Courant number of all steps.' },
  { name: 'residual', unit: 'count', better: 'None', description: 'Normalised residual of the pressure at the end of the last step.' },
];
