import { type Clock, systemClock } from '../../operator/kube/clock.ts';
import { keyOf } from '../../operator/kube/object.ts';
import type { Followed } from '../followed.ts';
import { progressLine } from './line.ts';
import { liveDisplay } from './live.ts';
import { plainDisplay } from './plain.ts';

/** What is shown of objects while they are followed. */
export interface ProgressView {
  update: (object: Followed) => void;
  note: (text: string) => void;
  /** Resolves when the last line is written. */
  end: () => Promise<void>;
}

// Times left change by themselves, and so does the patience with an operator that is not there.
const refresh = 1000;

/** Shows what objects are doing: live on a terminal, elsewhere a line a change. On standard error: standard output is for results. */
export function showProgress(
  objects: Followed[],
  { stream = process.stderr, clock = systemClock }: { stream?: NodeJS.WriteStream; clock?: Clock } = {},
): ProgressView {
  const rows = objects.map((object) => ({ object, label: labelOf(object, objects) }));
  const lineOf = ({ object, label }: (typeof rows)[number]) => progressLine(object, clock.now(), label);
  const live = stream.isTTY && process.env.TERM !== 'dumb';
  const display = live ? liveDisplay(rows.map(lineOf), stream) : plainDisplay((line) => stream.write(`${line}\n`));
  const showAll = () => {
    for (const [index, row] of rows.entries()) display.show(index, lineOf(row), row.object);
  };
  let forget = clock.after(refresh, function again() {
    showAll();
    forget = clock.after(refresh, again);
  });
  return {
    update(object) {
      const index = rows.findIndex((row) => row.object.kind === object.kind && keyOf(row.object) === keyOf(object));
      const row = rows[index];
      if (!row) return;
      row.object = object;
      display.show(index, lineOf(row), object);
    },
    note: (text) => display.note(text),
    end: async () => {
      forget();
      showAll();
      await display.end();
    },
  };
}

/** The name, or more where another object has the same one. */
function labelOf(object: Followed, all: readonly Followed[]): string {
  const { name } = object.metadata;
  return all.filter(({ metadata }) => metadata.name === name).length === 1 ? name : `${object.kind} ${keyOf(object)}`;
}
