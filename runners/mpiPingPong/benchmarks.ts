import type { MpiPingPongParameters } from './parameters.ts';

/** The name of a benchmark in the spec, lowerCamelCase. */
export type BenchmarkName = MpiPingPongParameters['benchmarks'][number];

/** One benchmark of IMB. */
export interface IMBBenchmark {
  /** IMB's own name, as it stands above its table. */
  title: string;
  /** Ranks that take part: two, or all of the run. */
  ranks: 'Two' | 'All';
  /** Columns behind the number of repetitions. */
  columns: 'TimeAndBandwidth' | 'Times' | 'TimesAndBandwidth' | 'Rates';
  /** Bytes that count in the bandwidth for each byte of a message. */
  factor?: number;
  /** The smallest message but for 0 bytes; sums are of numbers of 4 bytes. None for a benchmark without messages. */
  smallest?: 1 | 4;
}

/** As the user's guide of IMB defines them; Mbytes are 10^6 bytes. */
export const imbBenchmarks: Readonly<Record<BenchmarkName, IMBBenchmark>> = {
  pingpong: { title: 'PingPong', ranks: 'Two', columns: 'TimeAndBandwidth', factor: 1, smallest: 1 },
  pingping: { title: 'PingPing', ranks: 'Two', columns: 'TimeAndBandwidth', factor: 1, smallest: 1 },
  sendrecv: { title: 'Sendrecv', ranks: 'All', columns: 'TimesAndBandwidth', factor: 2, smallest: 1 },
  exchange: { title: 'Exchange', ranks: 'All', columns: 'TimesAndBandwidth', factor: 4, smallest: 1 },
  uniband: { title: 'Uniband', ranks: 'All', columns: 'Rates', factor: 1, smallest: 1 },
  biband: { title: 'Biband', ranks: 'All', columns: 'Rates', factor: 1, smallest: 1 },
  bcast: { title: 'Bcast', ranks: 'All', columns: 'Times', smallest: 1 },
  allreduce: { title: 'Allreduce', ranks: 'All', columns: 'Times', smallest: 4 },
  reduce: { title: 'Reduce', ranks: 'All', columns: 'Times', smallest: 4 },
  reduceScatter: { title: 'Reduce_scatter', ranks: 'All', columns: 'Times', smallest: 4 },
  allgather: { title: 'Allgather', ranks: 'All', columns: 'Times', smallest: 1 },
  gather: { title: 'Gather', ranks: 'All', columns: 'Times', smallest: 1 },
  scatter: { title: 'Scatter', ranks: 'All', columns: 'Times', smallest: 1 },
  alltoall: { title: 'Alltoall', ranks: 'All', columns: 'Times', smallest: 1 },
  barrier: { title: 'Barrier', ranks: 'All', columns: 'Times' },
};

const headers: Readonly<Record<IMBBenchmark['columns'], string>> = {
  TimeAndBandwidth: '#bytes #repetitions t[usec] Mbytes/sec',
  Times: '#bytes #repetitions t_min[usec] t_max[usec] t_avg[usec]',
  TimesAndBandwidth: '#bytes #repetitions t_min[usec] t_max[usec] t_avg[usec] Mbytes/sec',
  Rates: '#bytes #repetitions Mbytes/sec Msg/sec',
};

/** The header of a benchmark's table, its words one blank apart. */
export function headerOf({ columns, smallest }: IMBBenchmark): string {
  return smallest === undefined ? headers[columns].replace('#bytes ', '') : headers[columns];
}

/** Bytes of the messages that a benchmark goes through: 0, and the powers of 2 up to the largest. */
export function sizesOf({ smallest }: IMBBenchmark, maxMessageLog: number): number[] {
  if (smallest === undefined) return [];
  const first = Math.log2(smallest);
  return [0, ...Array.from({ length: maxMessageLog - first + 1 }, (_, index) => 2 ** (first + index))];
}
