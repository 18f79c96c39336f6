import { printable } from './printable.ts';

/** A coordinate's value in a table: text as it is, everything else as JSON. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return '-';
  return printable(typeof value === 'string' ? value : JSON.stringify(value));
}
