import type { TimeSeries } from '../../measure/metric.ts';
import { at, listAt, numberAt } from '../document.ts';
import { boundedSeries } from '../series.ts';
import { reverseName } from './metrics.ts';

/**
 * Bandwidth over time of what was counted, bounded. iperf3's intervals are the client's view: what it sent is `sentBandwidth`, what it
 * received `bandwidth`.
 */
export function intervalSeries(document: unknown): TimeSeries[] {
  const intervals = listAt(document, 'intervals').filter((interval) => at(interval, 'sum', 'omitted') === false);
  return ['sum', 'sum_bidir_reverse'].flatMap((key) => {
    const sums = intervals.map((interval) => at(interval, key));
    const series = ofSums(sums);
    return series === undefined ? [] : [boundedSeries({ ...series, name: named(key, at(sums[0], 'sender') === true) })];
  });
}

function named(key: string, sent: boolean): string {
  const name = sent ? 'sentBandwidth' : 'bandwidth';
  return key === 'sum' ? name : reverseName(name);
}

/** A last interval that is a small rest is left out; a series with a hole is none. */
function ofSums(sums: readonly unknown[]): Omit<TimeSeries, 'name'> | undefined {
  const rows = sums.map((sum) => ({ seconds: numberAt(sum, 'seconds'), value: numberAt(sum, 'bits_per_second') }));
  const interval = Math.round((rows[0]?.seconds ?? 0) * 10) / 10;
  const whole = rows.filter(({ seconds }) => seconds !== undefined && seconds >= interval / 2);
  const values = whole.flatMap(({ value }) => (value === undefined || value < 0 ? [] : [value]));
  if (interval <= 0 || values.length === 0 || values.length < rows.length - 1) return undefined;
  return { unit: 'bit/s', start: 0, interval, values };
}
