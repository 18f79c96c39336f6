import type { TimeSeries } from '../measure/metric.ts';

const bound = 600;

/**
 * A series of at most 600 points: neighbours are averaged where there are more, and the interval grows with it.
 * A rest at the end that does not fill an interval is left out, because its average would not compare with the others.
 */
export function boundedSeries(series: TimeSeries): TimeSeries {
  const size = Math.ceil(series.values.length / bound);
  if (size <= 1) return series;
  const values = Array.from({ length: Math.floor(series.values.length / size) }, (_, group) =>
    mean(series.values.slice(group * size, (group + 1) * size)),
  );
  return { ...series, interval: series.interval * size, values };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
