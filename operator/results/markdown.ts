import { formatQuantity } from '../../measure/quantity.ts';
import type { CellSummary, MetricSummary, ReportSummary } from './summary.ts';

/** Rows of one table; the rest is in summary.json. */
const longestTable = 1000;

/** The tables that a person reads: one per metric, each cell a row; then what went wrong. GitHub's Markdown. */
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

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const shownRows = rows.slice(0, longestTable);
  const rest = rows.length > longestTable ? [`\n${rows.length - longestTable} more in summary.json.`] : [];
  return [line(header), `|${' --- |'.repeat(header.length)}`, ...shownRows.map(line), ...rest].join('\n');
}

function line(fields: readonly string[]): string {
  return `| ${fields.map(escaped).join(' | ')} |`;
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Messages of tools and pods are not ours: they must not become markup, links or another column. */
function escaped(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\|`*[\]<>]/g, (character) => `\\${character}`)
    .trim();
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
