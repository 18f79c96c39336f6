import type { Workload } from '../workload.ts';
import { check } from './check.ts';
import { metrics } from './metrics.ts';
import type { IperfParameters } from './parameters.ts';
import { parseIperf } from './parse.ts';
import { expectedTime, plan } from './plan.ts';

/**
 * TCP or UDP throughput between two pods. Metrics: bandwidth (bit/s, higher is better), sentBandwidth, transferred, retransmits (count,
 * lower), jitter (s, lower), loss (ratio, lower), the same with `reverse` for the way back, CPU of both ends.
 */
export const iperf: Workload<IperfParameters> = {
  name: 'iperf',
  title: 'Network throughput between two pods',
  image: 'assay-iperf',
  topology: 'DifferentNodes',
  programs: { iperf3: 'iperf3', iperf: 'iperf' },
  metrics,
  headline: () => 'bandwidth',
  check,
  cautions: ({ version, protocol, reverse }) =>
    version === 2 && protocol === 'TCP' && !reverse
      ? [
          'iperf 2 measures TCP at the sender: bandwidth is what was handed to the kernel, of which the last socket buffers may not have arrived',
        ]
      : [],
  plan,
  duration: expectedTime,
  parse: parseIperf,
};
