/** Text of tools and pods for a terminal: on one line, without control characters that could move its cursor or colour it. */
export function printable(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\p{Cc}/gu, '')
    .trim();
}

/** The same for a text of several lines, each for itself. */
export function printableLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.match(/^ */)?.[0] + printable(line))
    .join('\n');
}
