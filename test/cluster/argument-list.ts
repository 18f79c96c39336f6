/** Flags of a Go program as argument words: `--name=value`. */
export function argumentList(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).map(([name, value]) => `--${name}=${value}`);
}
