import { diagnose } from '../launch/diagnose.ts';
import type { Workload } from '../workload.ts';
import { imbBenchmarks } from './benchmarks.ts';
import { check } from './check.ts';
import { metrics } from './metrics.ts';
import type { MpiPingPongParameters } from './parameters.ts';
import { parseMpiPingPong } from './parse.ts';
import { expectedTime, plan } from './plan.ts';

/**
 * Messages between the ranks of an MPI program. Metrics: peakBandwidth (bit/s, higher is better), minimumLatency (s, lower); the tables of
 * all benchmarks as series over the message size.
 */
export const mpiPingPong: Workload<MpiPingPongParameters> = {
  name: 'mpiPingPong',
  title: 'Time and bandwidth of MPI messages between nodes',
  image: 'assay-mpi',
  topology: 'OnePerNode',
  // Over RDMA message buffers are locked in memory, beyond what a container's limit allows.
  capabilities: ['IPC_LOCK'],
  needsCapabilities: ({ transport }) => transport === 'RDMA',
  programs: { mpirun: 'openmpi-bin', NPopenmpi: 'netpipe-openmpi' },
  metrics,
  headline: ({ benchmarks: [first = 'pingpong'] }) => (imbBenchmarks[first].columns === 'Times' ? 'minimumLatency' : 'peakBandwidth'),
  check,
  plan,
  duration: expectedTime,
  parse: parseMpiPingPong,
  diagnose,
};
