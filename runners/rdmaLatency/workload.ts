import { check } from '../perftest/check.ts';
import { diagnose } from '../perftest/diagnose.ts';
import { expectedTime, plan } from '../perftest/plan.ts';
import { programsOf } from '../perftest/settings.ts';
import type { Workload } from '../workload.ts';
import { metrics } from './metrics.ts';
import type { RdmaLatencyParameters } from './parameters.ts';
import { parseLatency } from './parse.ts';

/**
 * Latency of RDMA between two pods. Metrics: latencyMean, latencyMin, latencyMax, latencyP50, latencyP99, latencyP999 (s, lower is
 * better) at the message size with the smallest average; the whole table as series over the message size.
 */
export const rdmaLatency: Workload<RdmaLatencyParameters> = {
  name: 'rdmaLatency',
  title: 'RDMA latency between two pods',
  image: 'assay-perftest',
  topology: 'DifferentNodes',
  programs: programsOf('Latency'),
  // Message buffers are locked in memory, beyond what a container's limit allows.
  capabilities: ['IPC_LOCK'],
  metrics,
  headline: () => 'latencyMean',
  check: (parameters) => check('Latency', parameters),
  plan: (parameters) => plan('Latency', parameters),
  duration: expectedTime,
  parse: parseLatency,
  diagnose,
};
