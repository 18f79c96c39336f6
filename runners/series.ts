import type { Sweep, TimeSeries } from '../measure/metric.ts';

const bound = 600;

/**
 * A series of at most 600 points: neighbours are averaged where there are more, and the interval grows with it.
 * A rest at the end that does not fill an interval is left out, because its average would not compare with the others.
 */
export function boundedSeries(series: TimeSeries): TimeSeries {
  const size = Math.ceil(series.values.length / bound);
  if (size <= 1) return series;
  return { ...series, interval: series.interval * size, values: averaged(series.values, size) };
}

/** A sweep of at most 600 points, bounded in the same way: where neighbours stand is averaged, too. */
export function boundedSweep(sweep: Sweep): Sweep {
  const size = Math.ceil(sweep.values.length / bound);
  if (size <= 1) return sweep;
  return { ...sweep, over: { ...sweep.over, values: averaged(sweep.over.values, size) }, values: averaged(sweep.values, size) };
}

/** Means of groups of `size` neighbours. */
function averaged(values: readonly number[], size: number): number[] {
  return Array.from({ length: Math.floor(values.length / size) }, (_, group) => mean(values.slice(group * size, (group + 1) * size)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
