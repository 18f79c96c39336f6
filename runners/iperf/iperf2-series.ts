import type { TimeSeries } from '../../measure/metric.ts';
import { boundedSeries } from '../series.ts';
import type { Row } from './iperf2-rows.ts';
import { flowOf } from './iperf2-totals.ts';
import type { Totals } from './iperf2-totals.ts';

/** Bandwidth over time, bounded. A full-duplex run has none: iperf 2 adds both directions up in its intervals. */
export function rowSeries(rows: readonly Row[], { sent, received, sum }: Totals): TimeSeries[] {
  if (sent.length > 0 && received.length > 0) return [];
  const total = sum ?? sent[0] ?? received[0];
  const intervals = rows.filter((row) => total !== undefined && row !== total && flowOf(row) === flowOf(total));
  const first = intervals[0];
  if (first === undefined) return [];
  const interval = first.end - first.start;
  const values = intervals.filter(({ start, end }) => end - start >= interval / 2).map(({ rate }) => rate);
  return [boundedSeries({ name: sent.length > 0 ? 'sentBandwidth' : 'bandwidth', unit: 'bit/s', start: 0, interval, values })];
}
