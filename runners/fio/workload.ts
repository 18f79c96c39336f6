import { formatQuantity, parseSize } from '../../measure/quantity.ts';
import type { Workload } from '../workload.ts';
import { check } from './check.ts';
import { metrics } from './metrics.ts';
import type { FioParameters } from './parameters.ts';
import { parseFio } from './parse.ts';
import { expectedTime, plan } from './plan.ts';

/**
 * Storage: reads and writes of files on a volume. Metrics for each direction that the pattern has: readBandwidth (B/s, higher is better),
 * readIOPS (1/s, higher), readLatencyMean, readLatencyP50 to P999, readLatencyMax (s, lower), and the same with `write`.
 */
export const fio: Workload<FioParameters> = {
  name: 'fio',
  title: 'Storage bandwidth, requests per second and latency',
  image: 'assay-fio',
  topology: 'Any',
  programs: { fio: 'fio' },
  metrics,
  headline,
  check,
  cautions,
  plan,
  duration: expectedTime,
  parse: parseFio,
};

/** Sequential access is judged by bandwidth, random access by requests; mixed patterns by their reads. */
function headline({ rw }: FioParameters): string {
  const direction = rw.endsWith('write') ? 'write' : 'read';
  return `${direction}${rw.startsWith('rand') ? 'IOPS' : 'Bandwidth'}`;
}

function cautions({ direct, size, jobs }: FioParameters): string[] {
  if (direct) return [];
  const bytes = formatQuantity(parseSize(size) * jobs, 'B');
  return [`without direct I/O, ${bytes} of files on each worker may fit in memory: the page cache is measured then, not the volume`];
}
