import { Listr, type ListrDefaultRendererLogLevels, ListrLogger, ProcessOutput } from 'listr2';
import { type Followed, isFinished, isGood } from '../followed.ts';
import type { Display } from './display.ts';

// Until the library has begun with the row.
const notYet: (title: string) => void = () => {};

/** For terminals: one line an object, with a check or a cross as soon as it has ended. @param lines to begin with */
export function liveDisplay(lines: readonly string[], stream: NodeJS.WriteStream): Display {
  const rows = lines.map((line) => ({ line, show: notYet, ended: Promise.withResolvers<void>(), settled: false }));
  let note = '';
  const tasks = new Listr(
    rows.map((row) => ({
      title: row.line,
      task: async (_: unknown, task: { title: string }) => {
        row.show = (title) => {
          task.title = title;
        };
        // What has changed since it was asked to begin.
        task.title = row.line;
        await row.ended.promise;
      },
    })),
    {
      concurrent: true,
      exitOnError: false,
      // Ctrl-C cancels the benchmarks first; the library would end the process at once.
      registerSignalListeners: false,
      // The library looks at standard output, which may be a file while this is a terminal.
      forceTTY: true,
      rendererOptions: {
        // It holds back both streams while it draws; the same one twice would come out twice.
        logger: new ListrLogger<ListrDefaultRendererLogLevels>({ processOutput: new ProcessOutput(stream, process.stdout) }),
        showErrorMessage: false,
        collapseErrors: false,
      },
    },
  );
  const shown = tasks.run();
  return {
    show(index, line, object) {
      const row = rows[index];
      // The library ends with the last row, and would draw all of them again for a change after that.
      if (!row || row.settled) return;
      row.settled = isFinished(object);
      row.line = row.settled ? line : line + note;
      row.show(row.line);
      if (row.settled) settle(row.ended, object);
    },
    note(text) {
      note = ` (${text})`;
      for (const row of rows) {
        if (row.settled) continue;
        row.line += note;
        row.show(row.line);
      }
    },
    async end() {
      // Those without an end of their own were given up.
      for (const { ended } of rows) ended.reject(new Error('not finished'));
      await shown;
    },
  };
}

function settle({ resolve, reject }: PromiseWithResolvers<void>, object: Followed): void {
  if (isGood(object)) resolve();
  else reject(new Error(object.status?.phase));
}
