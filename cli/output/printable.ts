/** Text of tools and pods for a terminal: on one line, without control characters that could move its cursor or colour it. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '')
    .trim();
}
