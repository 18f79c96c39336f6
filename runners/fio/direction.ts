import { at, numberAt } from '../document.ts';
import { refuse } from '../ending.ts';
import type { Refusal } from '../ending.ts';
import { merged, percentile, readHistogram } from './histogram.ts';
import { percentiles } from './metrics.ts';
import type { Direction } from './metrics.ts';

/** The entries of fio's report that belong to one result: that of the whole, and those of the workers it was merged from. */
export interface Group {
  whole: unknown;
  parts: readonly unknown[];
}

export interface DirectionFigures {
  values: Record<string, number | undefined>;
  warning?: string;
}

/** Figures of one direction, which had I/O, under the metrics' names; a report that contradicts itself is refused. */
export function directionFigures({ whole, parts }: Group, direction: Direction): DirectionFigures | Refusal {
  const number = (...path: string[]) => numberAt(whole, direction, ...path);
  const bandwidth = number('bw_bytes');
  const iops = number('iops');
  const contradiction = contradicted({ whole, parts }, direction);
  if (bandwidth === undefined || iops === undefined || contradiction)
    return contradiction ?? refuse('OutputUnparsable', `fio's ${direction} lacks bw_bytes or iops`);

  // Latency is that of completion unless the job asked fio for percentiles of the whole latency instead.
  const kind = parts.every(
    (part) => at(part, direction, 'clat_ns', 'percentile') === undefined && at(part, direction, 'lat_ns', 'percentile') !== undefined,
  )
    ? 'lat_ns'
    : 'clat_ns';
  const mean = number(kind, 'mean');
  const max = number(kind, 'max');
  const stdev = number(kind, 'stddev');
  if (mean === undefined || max === undefined || mean > max)
    return refuse('OutputUnparsable', `fio's ${direction} lacks a mean and a maximum of ${kind}`);
  const points = parts.length === 1 ? reportedPoints(parts[0], direction, kind) : mergedPoints(parts, direction, kind);
  if (points.some((point, index) => point !== undefined && point < (points[index - 1] ?? 0))) {
    return refuse('OutputUnparsable', `fio's ${direction} percentiles do not ascend`);
  }
  const values: DirectionFigures['values'] = {
    [`${direction}Bandwidth`]: bandwidth,
    [`${direction}IOPS`]: iops,
    [`${direction}LatencyMean`]: mean / 1e9,
    [`${direction}LatencyStdev`]: stdev === undefined ? undefined : stdev / 1e9,
    [`${direction}LatencyMax`]: max / 1e9,
  };
  for (const [index, [name]] of percentiles.entries()) {
    const point = points[index];
    if (point !== undefined) values[`${direction}Latency${name}`] = point / 1e9;
  }
  if (points.every((point) => point !== undefined)) return { values };
  return { values, warning: `fio gave no percentiles of ${direction}s that hold for all workers together; json+ has what is needed` };
}

function reportedPoints(part: unknown, direction: Direction, kind: string): (number | undefined)[] {
  return percentiles.map(([, key]) => numberAt(part, direction, kind, 'percentile', key));
}

/** fio adds the workers' bandwidths up, and their means, but not their percentiles: these come from the workers' histograms. */
function mergedPoints(parts: readonly unknown[], direction: Direction, kind: string): (number | undefined)[] {
  const active = parts.filter((part) => (numberAt(part, direction, 'total_ios') ?? 0) > 0);
  const histograms = active.map((part) => readHistogram(at(part, direction, kind, 'bins')));
  const known = histograms.filter((histogram) => histogram !== undefined);
  if (known.length < histograms.length) return percentiles.map(() => undefined);
  const all = merged(known);
  return percentiles.map(([, key]) => percentile(all, Number(key)));
}

const amounts = ['io_bytes', 'total_ios', 'runtime', 'bw_bytes', 'iops'] as const;

/** Rates must follow from amounts and time, and the whole from the workers: fio adds their amounts up, and takes the longest time for all. */
function contradicted({ whole, parts }: Group, direction: Direction): Refusal | undefined {
  const read = (entry: unknown) => amounts.map((key) => numberAt(entry, direction, key) ?? 0);
  for (const entry of [...parts, whole]) {
    const [bytes = 0, requests = 0, runtime = 0, rate = 0, frequency = 0] = read(entry);
    if (!near(rate * runtime, bytes * 1000, runtime) || !near(frequency * runtime, requests * 1000, runtime)) {
      return refuse(
        'OutputUnparsable',
        `fio's ${direction} contradicts itself: ${bytes} B and ${requests} requests in ${runtime} ms are not ${rate} B/s and ${frequency}/s`,
      );
    }
  }
  const [bytes, requests, runtime] = read(whole);
  const workers = parts.map(read);
  const sum = (index: number) => workers.reduce((total, values) => total + (values[index] ?? 0), 0);
  if (bytes === sum(0) && requests === sum(1) && runtime === Math.max(...workers.map((values) => values[2] ?? 0))) return undefined;
  return refuse('OutputUnparsable', `fio's ${direction} of all workers is not the sum of the ${parts.length} workers`);
}

/** Equal but for 1 % and rounding: fio counts runtime in whole ms. */
function near(one: number, other: number, slack: number): boolean {
  return Math.abs(one - other) <= 0.01 * Math.max(Math.abs(one), Math.abs(other)) + slack;
}
