import type { Refusal } from '../ending.ts';
import { refuse } from '../ending.ts';

/** One table of IMB's output, as printed. */
export interface IMBTable {
  /** Such as `PingPong`. */
  title: string;
  processes: number;
  /** The header, its words one blank apart. */
  header: string;
  rows: readonly (readonly number[])[];
  /** The printed text of the rows, for the precision of their numbers. */
  printed: readonly (readonly string[])[];
}

export interface IMBReport {
  version: string;
  /** Bytes of the largest message that was asked for. */
  largest: number;
  tables: readonly IMBTable[];
}

const finished = '# All processes entering MPI_Finalize';
const cell = /^\d+(\.\d+)?$/;

/**
 * Reads what IMB-MPI1 prints. A report is whole when it says that all processes came to the end; its tables have nothing but rows of numbers.
 */
export function readIMB(stdout: string): IMBReport | Refusal {
  const lines = stdout.split('\n').map((line) => line.replaceAll(/[\t\r ]+/g, ' ').trim());
  const version = /^# Intel\(R\) MPI Benchmarks ([\d.]+), MPI-1 part$/m.exec(lines.join('\n'))?.[1];
  if (version === undefined) return unreadable('did not begin; its first lines are missing');
  const unknown = lines.find((line) => /^Invalid benchmark name/i.test(line));
  if (unknown !== undefined) return unreadable(`did not know what to do (${unknown}) and measured something else`);
  const invalid = lines.find((line) => line.startsWith('# !! Benchmark'));
  if (invalid !== undefined) return unreadable(`measured nothing: ${invalid.replaceAll(/[#!]+/g, '').trim()}`);
  if (lines.filter((line) => line === finished).length !== 1 || !stdout.endsWith('\n')) return unreadable('did not come to its end');
  const largest = Number(/^# Maximum message length in bytes: (\d+)$/m.exec(lines.join('\n'))?.[1]);
  const starts = lines.flatMap((line, index) => (line.startsWith('# Benchmarking ') ? [index] : []));
  const tables: IMBTable[] = [];
  for (const [index, start] of starts.entries()) {
    const table = readTable(lines.slice(start, starts[index + 1]));
    if ('reason' in table) return table;
    tables.push(table);
  }
  return tables.length === 0 ? unreadable('printed no table') : { version, largest, tables };
}

function readTable(lines: readonly string[]): IMBTable | Refusal {
  const title = (lines[0] ?? '').replace('# Benchmarking ', '');
  const processes = Number(/^# #processes = (\d+)$/.exec(lines.find((line) => line.startsWith('# #processes')) ?? '')?.[1]);
  const at = lines.findIndex((line) => /^#(bytes|repetitions) /.test(line));
  const header = lines[at] ?? '';
  if (at < 0) return unreadable(`printed no table of ${title}`);
  const width = header.split(' ').length;
  const body = lines.slice(at + 1);
  const end = body.findIndex((line) => line === '');
  const printed = body.slice(0, end < 0 ? undefined : end).map((line) => line.split(' '));
  const wrong = printed.find((cells) => cells.length !== width || !cells.every((text) => cell.test(text)));
  if (wrong) return unreadable(`printed a row of ${title} that is no row of figures: ${wrong.join(' ').slice(0, 100)}`);
  if (printed.length === 0) return unreadable(`printed no row of ${title}`);
  return { title, processes, header, printed, rows: printed.map((cells) => cells.map(Number)) };
}

function unreadable(what: string): Refusal {
  return refuse('OutputUnparsable', `IMB-MPI1 ${what}`);
}
