import Table from 'cli-table3';

/** A table without vertical rules, for terminals and pipes alike. */
export function table(head: string[], rows: string[][]): string {
  const rules = Object.fromEntries(
    [
      'top',
      'top-mid',
      'top-left',
      'top-right',
      'bottom',
      'bottom-mid',
      'bottom-left',
      'bottom-right',
      'left',
      'left-mid',
      'mid',
      'mid-mid',
      'right',
      'right-mid',
      'middle',
    ].map((part) => [part, part === 'middle' ? '  ' : '']),
  );
  const drawn = new Table({ head, chars: rules, style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true } });
  drawn.push(...rows);
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
