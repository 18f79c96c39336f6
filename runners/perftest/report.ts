import type { Refusal } from '../ending.ts';
import { refuse } from '../ending.ts';

/** A perftest client's output, read as far as every test has the same form. */
export interface Report {
  /** Such as `RDMA_Write BW Test`. */
  title: string;
  /** What the block above the table says, e.g. `Number of qps` -> `1`. */
  settings: ReadonlyMap<string, string>;
  /** The table's header, its words one blank apart. */
  header: string;
  /** As printed: digits, with decimals where there are some. */
  rows: readonly (readonly string[])[];
  /** Lines of a warning about the CPU's frequency between the rows. */
  warned: boolean;
}

const line = /^-{20,}$/;
const waiting = /\* Waiting for client to connect/;
const frequency = /^Conflicting CPU frequency values detected/;

/**
 * Reads the text of a perftest client. A result is whole when its one table is closed by a line and has nothing but rows of as many
 * numbers as `columns` knows for its header.
 * @param program for messages
 * @param columns number of columns by header
 */
export function readReport(program: string, stdout: string, columns: Readonly<Record<string, number>>): Report | Refusal {
  const lines = stdout.split('\n').map((text) => text.replaceAll(/[\t\r ]+/g, ' ').trim());
  const headers = lines.flatMap((text, index) => (text.startsWith('#bytes') ? [index] : []));
  const [at] = headers;
  if (waiting.test(stdout)) return unreadable(program, 'printed what a server prints; the result is in the output of the client');
  if (at === undefined) return unreadable(program, 'printed no table of results');
  if (headers.length > 1) return unreadable(program, `printed ${headers.length} tables where one test prints one`);
  const header = lines[at] ?? '';
  const width = Object.hasOwn(columns, header) ? columns[header] : undefined;
  if (width === undefined) return unreadable(program, `printed a table with columns that are not known here: ${header}`);
  const end = lines.findIndex((text, index) => index > at && line.test(text));
  if (end < 0) return unreadable(program, 'did not finish its table; it was stopped, or its output was cut');
  const table = lines.slice(at + 1, end).filter((text) => !frequency.test(text));
  const rows = table.map((text) => text.split(' '));
  const odd = rows.find((row) => row.length !== width || !row.every((text) => /^\d{1,15}(\.\d{1,9})?$/.test(text)));
  if (odd) return unreadable(program, `printed a row that is not ${width} numbers: ${odd.join(' ')}`);
  if (rows.length === 0) return unreadable(program, 'printed a table without rows');
  const above = lines.slice(0, at);
  return {
    title: above.find((text) => text.endsWith(' Test')) ?? '',
    settings: new Map(above.flatMap(settingsOf)),
    header,
    rows,
    warned: table.length < end - at - 1,
  };
}

/** `Device : mlx5_0`, two of them in some lines. */
function settingsOf(text: string): [string, string][] {
  return [...text.matchAll(/([\w.*-][\w.* -]*?) ?: (\S+)/g)].map(([, name = '', value = '']) => [name, value]);
}

function unreadable(program: string, what: string): Refusal {
  return refuse('OutputUnparsable', `${program} ${what}`);
}
