import { formatQuantity } from '../../measure/quantity.ts';
import { escaped, shown, table } from './markdown-table.ts';
import { pairSections } from './pair-table.ts';
import type { CellSummary, MetricSummary, ReportSummary } from './summary.ts';

/** The tables that a person reads: of a sweep over pairs of nodes the headline by pair; one per metric, each cell a row; then what went wrong. GitHub's Markdown. */
export function summaryMarkdown(summary: ReportSummary): string {
  const { name, phase, message, startedAt, finishedAt, design, runs, cells } = summary;
  const names = [...new Set(cells.flatMap(({ metrics }) => Object.keys(metrics)))];
  const facts = [
    `${count(cells.length, 'cell')}, ${runs.counted} of ${count(runs.planned, 'run')} counted`,
    design && `${design.order} order, seed ${design.seed}`,
    startedAt && finishedAt && `${startedAt} to ${finishedAt}`,
  ];
  const parts = [
    `# ${escaped(name)}`,
    `${escaped(phase ?? 'Unfinished')}${message ? `: ${escaped(message)}` : ''}`,
    `${facts
      .filter(Boolean)
      .map((fact) => escaped(String(fact)))
      .join('; ')}.`,
    ...pairSections(summary),
    ...names.map((metric) => metricSection(metric, cells)),
    ...warningSection(cells),
    ...failureSection(cells),
  ];
  return `${parts.join('\n\n')}\n`;
}

function metricSection(name: string, cells: readonly CellSummary[]): string {
  const rows = cells.flatMap((cell) => {
    const metric = cell.metrics[name];
    return metric ? [{ cell, metric }] : [];
  });
  const axes = [...new Set(rows.flatMap(({ cell }) => Object.keys(cell.coordinates)))];
  const better = rows[0]?.metric.better ?? 'None';
  const direction = better === 'None' ? '' : ` (${better.toLowerCase()} is better)`;
  const header = ['cell', ...axes, 'n', 'median', 'mean', 'stdev', 'min', 'max'];
  const body = rows.map(({ cell, metric }) => [String(cell.index)].concat(coordinates(cell, axes), figures(metric)));
  return `## ${escaped(name)}${direction}\n\n${table(header, body)}`;
}

function coordinates(cell: CellSummary, axes: readonly string[]): string[] {
  return axes.map((axis) => shown(cell.coordinates[axis]));
}

function figures({ n, median, mean, stdev, min, max, unit }: MetricSummary): string[] {
  return [String(n), ...[median, mean, stdev, min, max].map((value) => (value === undefined ? '' : formatQuantity(value, unit)))];
}

function warningSection(cells: readonly CellSummary[]): string[] {
  const rows = cells.flatMap(({ index, warnings }) => warnings.map((warning) => [String(index), warning]));
  return rows.length === 0 ? [] : [`## Warnings\n\n${table(['cell', 'warning'], rows)}`];
}

function failureSection(cells: readonly CellSummary[]): string[] {
  const rows = cells.flatMap(({ failures }) =>
    failures.map(({ name, reason, message, attempts }) => [name, reason, message, String(attempts)]),
  );
  return rows.length === 0 ? [] : [`## Failed runs\n\n${table(['run', 'reason', 'message', 'attempts'], rows)}`];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
