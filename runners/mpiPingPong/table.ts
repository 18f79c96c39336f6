import type { Series, Sweep } from '../../measure/metric.ts';
import type { Unit } from '../../measure/unit.ts';
import type { BenchmarkName } from './benchmarks.ts';

/** What one benchmark measured. A column that it does not have is undefined. */
export interface Table {
  name: BenchmarkName;
  /** Bytes of a message; none for a benchmark without messages, whose columns have one value. */
  sizes: number[];
  /** s */
  latency?: number[] | undefined;
  /** bit/s */
  bandwidth?: number[] | undefined;
  /** 1/s */
  messageRate?: number[] | undefined;
}

/** The columns of a table over the message size; a value of 0 bytes per second at 0 bytes is as it was printed. */
export function seriesOf({ name, sizes, latency, bandwidth, messageRate }: Table): Series[] {
  if (sizes.length === 0) return [];
  const sweep = (suffix: string, unit: Unit, values: number[] | undefined): Sweep[] =>
    values === undefined ? [] : [{ name: `${name}${suffix}`, unit, over: { name: 'messageSize', unit: 'B', values: sizes }, values }];
  return [...sweep('Latency', 's', latency), ...sweep('Bandwidth', 'bit/s', bandwidth), ...sweep('MessageRate', '1/s', messageRate)];
}
