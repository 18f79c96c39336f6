import type { Sweep } from '../../measure/metric.ts';
import type { Row } from './iperf2-rows.ts';
import { reverseName } from './metrics.ts';

/** What each stream carried over the whole time, by the streams' numbers: what arrived where the tool tells it, else what was sent. */
export function streamSeries({ there, back }: { there: readonly Row[]; back: readonly Row[] }): Sweep[] {
  return [...ofRows(there, (name) => name), ...ofRows(back, reverseName)];
}

function ofRows(rows: readonly Row[], named: (name: string) => string): Sweep[] {
  if (rows.length === 0) return [];
  const sorted = rows.toSorted((one, other) => Number(one.id) - Number(other.id));
  const over = { name: 'stream', unit: 'count' as const, values: sorted.map(({ id }) => Number(id)) };
  return [
    { name: named('streamBandwidth'), unit: 'bit/s', over, values: sorted.map(({ rate }) => rate) },
    { name: named('streamTransferred'), unit: 'B', over, values: sorted.map(({ bytes }) => bytes) },
  ];
}
