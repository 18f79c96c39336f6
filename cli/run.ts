import { messageOf } from '../operator/kube/errors.ts';
import { parseDuration } from '../measure/quantity.ts';
import { applyAll, earlierRun } from './apply.ts';
import { cancelAll } from './cancel.ts';
import { exitCode, UsageError } from './exit.ts';
import { follow } from './follow.ts';
import { readManifests } from './manifests.ts';
import { type OutputFormat, printResults } from './output/print.ts';
import { writeFiles } from './output/write.ts';
import { type Followed, isGood } from './followed.ts';
import { showProgress } from './progress/view.ts';
import { fetchResults, type Results } from './results.ts';
import { openCluster, openLocal, type Session, type SessionOptions } from './session.ts';
import { listenForStop, type Stop } from './stop.ts';
import { chooseTarget } from './target.ts';
import { failureLine } from './verdict.ts';

export interface RunOptions extends SessionOptions {
  local?: boolean;
  output: OutputFormat;
  out?: string;
  timeout?: string;
}

/** Runs the objects of the files to their end and prints their results. @returns the exit code */
export async function run(files: string[], options: RunOptions): Promise<number> {
  const limit =
    options.timeout === undefined ? undefined : { seconds: durationOption('--timeout', options.timeout), text: options.timeout };
  const objects = readManifests(files);
  const stop = listenForStop(limit);
  try {
    const target = chooseTarget(options);
    const session = target === 'local' ? await openLocal(options) : await openCluster(options);
    try {
      if (target === 'cluster' || !options.local) console.error(session.place);
      const applied = await applyAll(session, objects, stop.cancel);
      for (const note of applied.map(earlierRun)) if (note !== undefined) console.error(note);
      const ended = await followAll(session, applied, stop);
      await printAll(session, ended, options);
      if (stop.cancel.aborted) console.error(`stopped before the end: ${messageOf(stop.cancel.reason)}`);
      for (const object of ended) if (!isGood(object)) console.error(failureLine(object));
      return ended.length === objects.length && ended.every(isGood) ? exitCode.ok : exitCode.benchmarkFailed;
    } finally {
      await session.close();
    }
  } finally {
    stop.release();
  }
}

/** Follows all to their end. When stopped, cancels them, gives them a moment to clean up, and returns them as they are then. */
async function followAll({ client }: Session, objects: Followed[], stop: Stop): Promise<Followed[]> {
  const view = showProgress(objects);
  try {
    return await Promise.all(objects.map((object) => follow(client, object, stop.cancel, view.update)));
  } catch (error) {
    if (!stop.cancel.aborted) throw error;
    view.note(`${messageOf(stop.cancel.reason)}: cancelling (Ctrl-C to wait no longer)`);
    return await cancelAll(client, objects, stop.force, view.update);
  } finally {
    await view.end();
  }
}

async function printAll({ client }: Session, objects: Followed[], { output, out }: RunOptions): Promise<void> {
  const fetched = await Promise.all(objects.map((object) => fetchResults(client, object.metadata, object.kind)));
  const results = fetched.filter((one): one is Results => one !== undefined);
  if (out !== undefined) for (const folder of writeFiles(out, results)) console.error(`wrote ${folder}`);
  if (results.length > 0) console.log(printResults(results, output, objects.length));
}

function durationOption(flag: string, text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    throw new UsageError(`${flag}: ${messageOf(error)}`, { cause: error });
  }
}
