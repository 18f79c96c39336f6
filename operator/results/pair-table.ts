import { formatQuantity } from '../../measure/quantity.ts';
import { escaped, shown, table } from './markdown-table.ts';
import type { CellSummary, ReportSummary } from './summary.ts';

/** Columns that a person can still read; larger sweeps are in results.csv. */
const widestTable = 32;

/** The headline by pair of nodes, its median: a table for each combination of the other coordinates. Nothing where no pairs were swept. */
export function pairSections({ pairs, cells }: Pick<ReportSummary, 'pairs' | 'cells'>): string[] {
  if (!pairs) return [];
  const measured = cells.filter(
    ({ coordinates, metrics }) => pairs.every((path) => path in coordinates) && Object.keys(metrics).length > 0,
  );
  const groups = Map.groupBy(measured, (cell) => titleOf(cell, pairs));
  return [...groups].map(([title, group]) => `## ${escaped(title)}\n\n${pairTable(group, pairs)}`);
}

/** `bandwidth by placement.nodes.server (rows) and placement.nodes.client (columns), iperf.streams 4` */
function titleOf({ coordinates, metrics }: CellSummary, [rows, columns]: readonly [string, string]): string {
  const others = Object.entries(coordinates).filter(([path]) => path !== rows && path !== columns);
  const fixed = others.map(([path, value]) => `, ${path} ${shown(value)}`).join('');
  return `${Object.keys(metrics)[0]} by ${rows} (rows) and ${columns} (columns)${fixed}`;
}

function pairTable(cells: readonly CellSummary[], [rows, columns]: readonly [string, string]): string {
  const nodesAt = (path: string) => [...new Set(cells.map(({ coordinates }) => shown(coordinates[path])))];
  const across = nodesAt(columns).toSorted();
  if (across.length > widestTable) return `${across.length} columns are too many for a table; see results.csv.`;
  const figures = new Map(
    cells.map((cell) => [JSON.stringify([shown(cell.coordinates[rows]), shown(cell.coordinates[columns])]), headline(cell)]),
  );
  const body = nodesAt(rows)
    .toSorted()
    .map((row) => [row].concat(across.map((column) => figures.get(JSON.stringify([row, column])) ?? '')));
  return table(['', ...across], body);
}

function headline({ metrics }: CellSummary): string {
  const [first] = Object.values(metrics);
  return first ? formatQuantity(first.median, first.unit) : '';
}
