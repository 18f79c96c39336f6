/** Rows of one table; the rest is in summary.json. */
const longestTable = 1000;

/** A table of GitHub's Markdown; what is in its fields stays text. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const shownRows = rows.slice(0, longestTable);
  const rest = rows.length > longestTable ? [`\n${rows.length - longestTable} more in summary.json.`] : [];
  return [line(header), `|${' --- |'.repeat(header.length)}`, ...shownRows.map(line), ...rest].join('\n');
}

function line(fields: readonly string[]): string {
  return `| ${fields.map(escaped).join(' | ')} |`;
}

/** A coordinate as text; nothing for what is unset. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Messages of tools and pods are not ours: they must not become markup, links or another column. */
export function escaped(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\|`*[\]<>]/g, (character) => `\\${character}`)
    .trim();
}
