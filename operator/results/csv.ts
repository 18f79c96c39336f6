import { stringify } from 'csv-stringify/sync';
import { isCounted } from './outcome.ts';
import type { Report } from './outcome.ts';

const before = ['benchmark', 'cell', 'repetition'];
const after = ['workload', 'nodes', 'attempts', 'startedAt', 'finishedAt', 'metric', 'value', 'unit', 'better'];

/**
 * One row per counted run and metric, with the cell's coordinates as columns (RFC 4180, values in SI base units). Text that a
 * spreadsheet would take for a formula begins with an apostrophe.
 * @param workloadNames of the cells, by index
 */
export function resultsCsv({ cells, runs }: Report, workloadNames: ReadonlyMap<number, string>): string {
  const axes = [...new Set(cells.flatMap(({ coordinates }) => Object.keys(coordinates)))];
  const coordinatesOf = new Map(cells.map(({ index, coordinates }) => [index, axes.map((axis) => field(coordinates[axis]))]));
  const rows = runs.filter(isCounted).flatMap(({ name, cell, repetition, nodes, attempts, window, metrics }) => {
    const run = [name, cell, repetition, ...(coordinatesOf.get(cell) ?? [])];
    const facts = [workloadNames.get(cell) ?? '', nodes.join(' '), attempts.length, window?.startedAt ?? '', window?.finishedAt ?? ''];
    return metrics.map((metric) => [...run, ...facts, metric.name, metric.value, metric.unit, metric.better]);
  });
  return stringify([[...before, ...axes, ...after], ...rows], { escape_formulas: true, cast: { boolean: String } });
}

/** Numbers and text as they are, so that they can be sorted; lists and objects as JSON; what is unset as nothing. */
function field(value: unknown): string | number | boolean {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : JSON.stringify(value);
}
