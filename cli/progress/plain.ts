import type { Display } from './display.ts';

/** For pipes and logs: a line a change. */
export function plainDisplay(write: (line: string) => void): Display {
  const shown = new Map<number, string>();
  return {
    show(index, line) {
      // The estimate changes with every look; a line is worth printing when something else did.
      const news = line.replace(/, about .* left$/, '');
      if (news !== shown.get(index)) write(line);
      shown.set(index, news);
    },
    note: write,
    async end() {},
  };
}
