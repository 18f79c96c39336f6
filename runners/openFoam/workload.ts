import type { Workload } from '../workload.ts';
import { check } from './check.ts';
import { diagnose, programs } from './diagnose.ts';
import { metrics } from './metrics.ts';
import type { OpenFoamParameters } from './parameters.ts';
import { parseOpenFoam } from './parse.ts';
import { expectedTime, plan } from './plan.ts';

/**
 * Computational fluid dynamics over MPI: the lid-driven cavity in 3-D. Metrics: cellUpdatesPerSecond (1/s, higher is better), timePerStep,
 * wallTime (s, lower), userTime, systemTime (s), peakMemory (B).
 */
export const openFoam: Workload<OpenFoamParameters> = {
  name: 'openFoam',
  title: 'Flow in a cube with a moving lid, solved by OpenFOAM',
  image: 'assay-openfoam',
  topology: 'OnePerNode',
  // Over RDMA message buffers are locked in memory, beyond what a container's limit allows.
  capabilities: ['IPC_LOCK'],
  needsCapabilities: ({ transport }) => transport === 'RDMA',
  programs,
  metrics,
  headline: () => 'cellUpdatesPerSecond',
  check,
  plan,
  duration: expectedTime,
  parse: parseOpenFoam,
  diagnose,
};
