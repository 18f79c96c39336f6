import { stringify } from 'yaml';
import type { Results } from '../results.ts';
import { summaryTable } from './summary-table.ts';

export const outputFormats = ['table', 'json', 'yaml', 'csv', 'markdown'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/**
 * Results as text. In json and yaml one object stands alone, several are a list.
 * @param asked how many objects were asked for: some of several may have no results, and a script wants its list all the same
 */
export function printResults(results: readonly Results[], format: OutputFormat, asked: number = results.length): string {
  const summaries = results.map(({ summary }) => summary);
  const document = asked === 1 ? summaries[0] : summaries;
  switch (format) {
    case 'table':
      return summaries.map(summaryTable).join('\n\n');
    case 'json':
      return JSON.stringify(document, null, 2);
    case 'yaml':
      return stringify(document).trimEnd();
    case 'csv':
      return joinedCsv(results.map(({ files }) => files['results.csv'] ?? ''));
    case 'markdown':
      return results.map(({ files }) => (files['summary.md'] ?? '').trimEnd()).join('\n\n');
  }
}

/** The tables have the same columns, so one header serves all. */
function joinedCsv(tables: readonly string[]): string {
  return tables
    .map((text, index) => (index === 0 ? text : text.slice(text.indexOf('\n') + 1)))
    .map((text) => text.trimEnd())
    .filter(Boolean)
    .join('\n');
}
