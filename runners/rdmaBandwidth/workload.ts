import { check } from '../perftest/check.ts';
import { diagnose } from '../perftest/diagnose.ts';
import { expectedTime, plan } from '../perftest/plan.ts';
import { iterationsOf, programsOf } from '../perftest/settings.ts';
import type { Workload } from '../workload.ts';
import { metrics } from './metrics.ts';
import type { RdmaBandwidthParameters } from './parameters.ts';
import { parseBandwidth } from './parse.ts';

/** Above this many iterations perftest keeps no time of each message, as in a run by time. */
const mostForPeak = 20_000;

/**
 * Bandwidth of RDMA between two pods. Metrics: peakBandwidth and bandwidth (bit/s, higher is better), messageRate (1/s, higher); the
 * whole table as series over the message size.
 */
export const rdmaBandwidth: Workload<RdmaBandwidthParameters> = {
  name: 'rdmaBandwidth',
  title: 'RDMA bandwidth between two pods',
  image: 'assay-perftest',
  topology: 'DifferentNodes',
  programs: programsOf('Bandwidth'),
  // Message buffers are locked in memory, beyond what a container's limit allows.
  capabilities: ['IPC_LOCK'],
  metrics,
  headline: (parameters) => ((iterationsOf(parameters) ?? Infinity) <= mostForPeak ? 'peakBandwidth' : 'bandwidth'),
  check: (parameters) => check('Bandwidth', parameters),
  plan: (parameters) => plan('Bandwidth', parameters),
  duration: expectedTime,
  parse: parseBandwidth,
  diagnose,
};
