import type { Display } from './display.ts';

/** For pipes and logs: a line a change. */
export function plainDisplay(write: (line: string) => void): Display {
  const shown = new Map<number, string>();
  return {
    show(index, line) {
      // The estimate changes with every look, and runs come and go; a line is worth printing when more has changed.
      const news = line.replace(/(, \d+ running)?(, about .* left)?$/, '');
      if (news !== shown.get(index)) write(line);
      shown.set(index, news);
    },
    note: write,
    async end() {},
  };
}
