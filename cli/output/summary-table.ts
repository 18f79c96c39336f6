import { formatQuantity } from '../../measure/quantity.ts';
import type { CellSummary, MetricSummary, ReportSummary } from '../../operator/results/summary.ts';
import { table } from '../table.ts';
import { printable } from './printable.ts';
import { valueText } from './value-text.ts';

/**
 * What a terminal shows of a report: each cell's headline metric; for a single cell all metrics. The rest is in the files.
 * Failures and warnings come after the figures, each with the run or cell they are about.
 */
export function summaryTable(report: ReportSummary): string {
  const { cells } = report;
  const axes = [...new Set(cells.flatMap(({ coordinates }) => Object.keys(coordinates)))];
  const rows = cells.flatMap((cell) => {
    const metrics = Object.entries(cell.metrics).slice(0, cells.length === 1 ? undefined : 1);
    const place = axes.map((axis) => valueText(cell.coordinates[axis]));
    if (metrics.length === 0) return [place.concat('no result', '0')];
    return metrics.map(([name, metric]) => place.concat(name, figures(metric)));
  });
  const head = [...axes, 'metric', 'n', 'median', 'mean', 'stdev', 'min', 'max'];
  return [title(report), '', table(head, rows), ...notes(cells)].join('\n');
}

function title({ kind, name, phase, runs }: ReportSummary): string {
  return `${kind} ${name}: ${phase ?? 'Unfinished'}, ${runs.counted} of ${runs.planned} run${runs.planned === 1 ? '' : 's'} counted`;
}

function figures({ n, median, mean, stdev, min, max, unit }: MetricSummary): string[] {
  return [String(n), ...[median, mean, stdev, min, max].map((value) => (value === undefined ? '-' : formatQuantity(value, unit)))];
}

function notes(cells: readonly CellSummary[]): string[] {
  const where = (index: number) => (cells.length === 1 ? '' : ` (cell ${index})`);
  return cells.flatMap(({ index, warnings, failures }) => [
    ...warnings.map((text) => `warning${where(index)}: ${printable(text)}`),
    ...failures.map(({ name, reason, message }) => `failed: ${name}: ${reason}: ${printable(message)}`),
  ]);
}
