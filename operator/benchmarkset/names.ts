import type { Problem } from '../../runners/workload.ts';
import type { Run } from './order.ts';

export const labels = {
  set: 'assay.dev/set',
  cell: 'assay.dev/cell',
  repetition: 'assay.dev/repetition',
  warmup: 'assay.dev/warmup',
} as const;

/** Names of pods are host names, and these have a label of at most 63 characters (RFC 1123). */
const longestName = 63;

export interface NameWidths {
  cell: number;
  repetition: number;
}

/** Digits of the largest number of each part, so that names sort as text the way they sort as numbers. */
export function nameWidths(cells: number, runsPerCell: number): NameWidths {
  return { cell: String(Math.max(0, cells - 1)).length, repetition: String(Math.max(0, runsPerCell - 1)).length };
}

/** `<set>-<cell>-<repetition>`, e.g. `net-07-2`. */
export function memberName(set: string, { cell, repetition }: Pick<Run, 'cell' | 'repetition'>, widths: NameWidths): string {
  return `${set}-${padded(cell, widths.cell)}-${padded(repetition, widths.repetition)}`;
}

/** Label values are padded like the name, so that a sorted list of labels is in order too. */
export function memberLabels(set: string, run: Run, widths: NameWidths): Record<string, string> {
  return {
    [labels.set]: set,
    [labels.cell]: padded(run.cell, widths.cell),
    [labels.repetition]: padded(run.repetition, widths.repetition),
    ...(run.warmup && { [labels.warmup]: 'true' }),
  };
}

/**
 * Refuses a set whose pods could not be named.
 * @param suffix longest text that a pod's name adds to its benchmark's, e.g. `-server-0-a12`
 */
export function nameProblems(set: string, widths: NameWidths, suffix: string): Problem[] {
  const longest = memberName(set, { cell: 0, repetition: 0 }, widths) + suffix;
  const excess = longest.length - longestName;
  if (excess <= 0) return [];
  const example = `${JSON.stringify(longest)} has ${longest.length} characters; ${longestName} at most`;
  const advice = set.length > excess ? `so the set's name may have up to ${set.length - excess}` : 'so make fewer cells or repetitions';
  return [{ path: 'metadata.name', message: `the longest name derived from it, ${example}, ${advice}` }];
}

function padded(number: number, width: number): string {
  return String(number).padStart(width, '0');
}
