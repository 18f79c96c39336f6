import { at } from '../document.ts';

/** Counts by latency in ns. */
export type Histogram = ReadonlyMap<number, number>;

/** The `bins` that fio writes with json+; undefined where there are none or they are not counts. */
export function readHistogram(bins: unknown): Histogram | undefined {
  if (typeof bins !== 'object' || bins === null) return undefined;
  const histogram = new Map<number, number>();
  for (const key of Object.keys(bins)) {
    const count = at(bins, key);
    if (!/^\d+$/.test(key) || typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0) return undefined;
    histogram.set(Number(key), count);
  }
  return histogram.size === 0 ? undefined : histogram;
}

export function merged(histograms: readonly Histogram[]): Histogram {
  const sum = new Map<number, number>();
  for (const histogram of histograms) for (const [value, count] of histogram) sum.set(value, (sum.get(value) ?? 0) + count);
  return sum;
}

/**
 * The smallest value that at least the given share of the counts does not exceed, as fio computes its own percentiles (stat.c).
 * @param percent 0 to 100
 * @returns in the histogram's unit; undefined for an empty histogram
 */
export function percentile(histogram: Histogram, percent: number): number | undefined {
  const sorted = [...histogram].toSorted(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  let below = 0;
  return sorted.find(([, count]) => (below += count) >= (total * percent) / 100)?.[0];
}
