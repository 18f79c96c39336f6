import { Listr } from 'listr2';
import { type Followed, progressLine } from './progress.ts';

/** Shows what the objects are doing, on a terminal as one live line each, in a pipe as a line a change on standard error. */
export interface ProgressView {
  update(object: Followed): void;
  note(text: string): void;
  end(): void;
}

export function showProgress(objects: Followed[]): ProgressView {
  return process.stdout.isTTY ? liveLines(objects) : plainLines();
}

function plainLines(): ProgressView {
  const last = new Map<string, string>();
  return {
    update(object) {
      const line = progressLine(object, Date.now());
      // The estimate changes with every look; a line is worth printing when something else did.
      const news = line.replace(/, about .* left$/, '');
      const key = `${object.kind}/${object.metadata.name}`;
      if (last.get(key) !== news) console.error(line);
      last.set(key, news);
    },
    note(text) {
      console.error(text);
    },
    end() {},
  };
}

function liveLines(objects: Followed[]): ProgressView {
  const titles = new Map<string, (title: string) => void>();
  const ended = Promise.withResolvers<void>();
  const tasks = new Listr(
    objects.map((object) => ({
      title: progressLine(object, Date.now()),
      task: async (_: unknown, task: { title: string }) => {
        titles.set(object.metadata.name, (title) => {
          task.title = title;
        });
        await ended.promise;
      },
    })),
    { concurrent: true, rendererOptions: { collapseSubtasks: false } },
  );
  const shown = tasks.run();
  return {
    update(object) {
      titles.get(object.metadata.name)?.(progressLine(object, Date.now()));
    },
    note(text) {
      for (const set of titles.values()) set(text);
    },
    end() {
      ended.resolve();
      shown.catch(() => undefined);
    },
  };
}
