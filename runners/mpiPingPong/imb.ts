import type { Refusal } from '../ending.ts';
import { refuse } from '../ending.ts';
import type { BenchmarkName, IMBBenchmark } from './benchmarks.ts';
import { headerOf, imbBenchmarks, sizesOf } from './benchmarks.ts';
import type { IMBTable } from './imb-report.ts';
import { readIMB } from './imb-report.ts';
import type { MpiPingPongParameters } from './parameters.ts';
import type { Table } from './table.ts';

/** What IMB-MPI1 measured, or why that is none of it trusted: tables missing, of other sizes or ranks than asked for, or at odds with themselves. */
export function readIMBTables(stdout: string, parameters?: MpiPingPongParameters): { version: string; tables: Table[] } | Refusal {
  const report = readIMB(stdout);
  if ('reason' in report) return report;
  const { version, tables } = report;
  const known = tables.map(({ title }) => nameOf(title));
  const asked = parameters?.benchmarks ?? known;
  if (known.join() !== asked.join()) {
    return wrong(`measured ${tables.map(({ title }) => title).join(', ')} where ${asked.join(', ')} was asked for`);
  }
  const twice = tables.find(({ title }, index) => tables.findIndex((one) => one.title === title) < index);
  if (twice) return wrong(`measured ${twice.title} more than once, with other numbers of processes; run it with -npmin`);
  const largest = parameters === undefined ? report.largest : 2 ** parameters.maxMessageLog;
  const read: Table[] = [];
  for (const [index, table] of tables.entries()) {
    const name = known[index];
    if (name === undefined) return wrong(`measured ${table.title}, which is not known here`);
    const kind = imbBenchmarks[name];
    const fault = otherTable(table, kind, parameters) ?? otherSizes(table, kind, largest, parameters) ?? contradiction(table, kind);
    if (fault) return fault;
    read.push(tableOf(name, kind, table));
  }
  return { version, tables: read };
}

function nameOf(title: string): BenchmarkName | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.entries(imbBenchmarks).find(([, kind]) => kind.title === title)?.[0] as BenchmarkName | undefined;
}

function otherTable({ title, header, processes }: IMBTable, kind: IMBBenchmark, parameters?: MpiPingPongParameters): Refusal | undefined {
  if (header !== headerOf(kind)) return wrong(`printed a table of ${title} with columns that are not known here: ${header}`);
  if (!(processes >= 1)) return wrong(`did not say how many processes measured ${title}`);
  if (parameters === undefined) return undefined;
  const wanted = kind.ranks === 'Two' ? 2 : parameters.nodes * parameters.processesPerNode;
  return processes === wanted ? undefined : wrong(`measured ${title} with ${processes} processes where ${wanted} were asked for`);
}

function otherSizes(
  { title, rows }: IMBTable,
  kind: IMBBenchmark,
  largest: number,
  parameters?: MpiPingPongParameters,
): Refusal | undefined {
  if (kind.smallest === undefined)
    return rows.length === 1 ? undefined : wrong(`printed ${rows.length} rows of ${title} where there is one`);
  const sizes = rows.map(([bytes = NaN]) => bytes);
  const all = sizesOf(kind, Math.log2(largest));
  // Without knowing what was asked for: a run may leave out the smallest.
  const expected = parameters === undefined ? [0, ...all.slice(all.length - sizes.length + 1)] : all;
  if (sizes.join() === expected.join()) return undefined;
  return wrong(
    `measured ${sizes.length} message sizes of ${title} up to ${sizes.at(-1)} B where ${expected.length} up to ${largest} B were asked for`,
  );
}

/** IMB prints the bandwidth beside what it is reckoned from; where they differ by more than their last digits, one of them is damaged. */
function contradiction({ title, header, rows, printed }: IMBTable, { factor = 1 }: IMBBenchmark): Refusal | undefined {
  const columns = header.split(' ');
  const at = rows.findIndex((row, index) => {
    const cell = (name: string): Cell | undefined => {
      const column = columns.indexOf(name);
      return column < 0 ? undefined : { value: row[column] ?? NaN, half: 0.5 * lastDigit(printed[index]?.[column]) };
    };
    const [least, mean, most] = ['t_min[usec]', 't_avg[usec]', 't_max[usec]'].map((name) => cell(name)?.value);
    const rising = least === undefined || mean === undefined || most === undefined || (least <= mean && mean <= most);
    const time = cell('t[usec]') ?? cell('t_max[usec]');
    // Bytes that are moved take time, as does a barrier, whose first column is the repetitions.
    const timeless = time?.value === 0 && row[0] !== 0;
    return !rising || timeless || !agree(factor * (row[0] ?? 0), cell('Mbytes/sec'), time, cell('Msg/sec'));
  });
  return at < 0 ? undefined : wrong(`printed a row of ${title} whose figures do not agree: ${printed[at]?.join(' ')}`);
}

/** A printed number, and half of what one in its last place is worth. */
interface Cell {
  value: number;
  half: number;
}

/** A rate is cut off, not rounded: it may be off by a whole last digit. @param bytes that one operation moves @param bandwidth in MB/s @param time of one in us @param rate of them in 1/s */
function agree(bytes: number, bandwidth: Cell | undefined, time: Cell | undefined, rate: Cell | undefined): boolean {
  if (bandwidth === undefined) return true;
  const [from, wanted] = rate === undefined ? [time, bytes / (time?.value ?? 0)] : [rate, (bytes * rate.value) / 1e6];
  if (from === undefined || !(from.value > 0)) return false;
  return Math.abs(bandwidth.value - wanted) <= 1.01 * bandwidth.half + wanted * (2.2 * (from.half / from.value) + 0.001);
}

/** What one in the last place of a printed number is worth: 0.01 for 98.03. */
function lastDigit(text = ''): number {
  return 10 ** -(text.split('.')[1]?.length ?? 0);
}

function tableOf(name: BenchmarkName, { smallest }: IMBBenchmark, { header, rows }: IMBTable): Table {
  const columns = header.split(' ');
  const values = (column: string, scale: number) => {
    const at = columns.indexOf(column);
    return at < 0 ? undefined : rows.map((row) => (row[at] ?? NaN) * scale);
  };
  return {
    name,
    sizes: smallest === undefined ? [] : rows.map(([bytes = NaN]) => bytes),
    latency: values('t[usec]', 1e-6) ?? values('t_max[usec]', 1e-6),
    bandwidth: values('Mbytes/sec', 8e6),
    messageRate: values('Msg/sec', 1),
  };
}

function wrong(what: string): Refusal {
  return refuse('OutputUnparsable', `IMB-MPI1 ${what}`);
}
