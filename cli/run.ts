import { parseDuration } from '../measure/quantity.ts';
import type { Manifest } from '../operator/api/manifest.ts';
import { isInvalid } from '../operator/kube/errors.ts';
import { cancelAll } from './cancel.ts';
import { exitCode, UsageError } from './exit.ts';
import { follow, resourceOf } from './follow.ts';
import { problemLine, readManifests } from './manifests.ts';
import { type OutputFormat, printResults } from './output/print.ts';
import { writeFiles } from './output/write.ts';
import { type Followed, isGood } from './progress.ts';
import { showProgress } from './progress-view.ts';
import { fetchResults } from './results.ts';
import { openCluster, openLocal, type Session, type SessionOptions } from './session.ts';
import { chooseTarget } from './target.ts';

export interface RunOptions extends SessionOptions {
  local?: boolean;
  output: OutputFormat;
  out?: string;
  timeout?: string;
}

/** Runs the objects of the files to their end and prints their results. @returns the exit code */
export async function run(files: string[], options: RunOptions): Promise<number> {
  const limit = options.timeout === undefined ? undefined : durationOption('--timeout', options.timeout);
  const { objects, problems } = readManifests(files);
  for (const problem of problems) console.error(problemLine(problem));
  if (problems.length > 0) return exitCode.usage;
  const stop = new AbortController();
  const interrupt = () => {
    stop.abort(new Error('interrupted'));
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const timer =
    limit === undefined ? undefined : setTimeout(() => stop.abort(new Error(`not finished after ${options.timeout}`)), limit * 1000);
  const session = chooseTarget(options) === 'local' ? await openLocal(options) : await openCluster(options);
  try {
    const applied = await apply(session, objects);
    const finished = await followAll(session, applied, stop.signal);
    const results = (await Promise.all(finished.map(({ metadata }) => fetchResults(session.client, metadata)))).filter(
      (one) => one !== undefined,
    );
    if (options.out !== undefined) writeFiles(options.out, results);
    if (results.length > 0) console.log(printResults(results, options.output));
    for (const object of finished) if (!isGood(object)) console.error(failureLine(object));
    return finished.every(isGood) ? exitCode.ok : exitCode.benchmarkFailed;
  } finally {
    clearTimeout(timer);
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    await session.close();
  }
}

/** Server-side apply, as kubectl would: an object that is there already with the same spec is only followed. */
async function apply({ client, namespace }: Session, objects: Manifest[]): Promise<Followed[]> {
  const applied: Followed[] = [];
  for (const object of objects) {
    const metadata = { ...object.metadata, namespace: object.metadata.namespace ?? namespace };
    try {
      applied.push(
        await client.patch<Followed>(
          resourceOf(object.kind),
          metadata,
          { ...object, metadata },
          { type: 'apply', fieldManager: 'assay', force: true, fieldValidation: 'Strict' },
        ),
      );
    } catch (error) {
      if (!isInvalid(error)) throw error;
      throw new UsageError(
        `${error.message}\nIf ${object.kind} ${metadata.name} exists with another spec, delete it or give this one another name.`,
      );
    }
  }
  return applied;
}

/** Follows all to their end. When stopped, cancels them, gives them a moment to clean up, and returns them as they are then. */
async function followAll({ client }: Session, objects: Followed[], signal: AbortSignal): Promise<Followed[]> {
  const view = showProgress(objects);
  try {
    return await Promise.all(objects.map((object) => follow(client, object, signal, view.update)));
  } catch (error) {
    if (!signal.aborted) throw error;
    view.note(`${(signal.reason as Error).message}: cancelling`);
    return await cancelAll(client, objects);
  } finally {
    view.end();
  }
}

function failureLine({ kind, metadata, status }: Followed): string {
  const failed = status?.conditions?.find(
    ({ type, status: value }) => (type === 'Failed' && value === 'True') || (type === 'Accepted' && value === 'False'),
  );
  const why = failed ? `${failed.reason}: ${failed.message}` : (status?.phase ?? 'not finished');
  return `${kind} ${metadata.name} ${status?.phase === 'Cancelled' ? 'was cancelled' : `failed: ${why}`}`;
}

function durationOption(flag: string, text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    throw new UsageError(`${flag}: ${(error as Error).message}`);
  }
}
