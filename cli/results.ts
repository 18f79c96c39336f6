import type { KubeClient } from '../operator/kube/client.ts';
import { isNotFound } from '../operator/kube/errors.ts';
import { configMaps, type ObjectMeta } from '../operator/kube/object.ts';
import { type ConfigMap, resultsName } from '../operator/results/configmap.ts';
import type { Files } from '../operator/results/files.ts';
import { readResults, shardCount } from '../operator/results/read.ts';
import type { ReportSummary } from '../operator/results/summary.ts';
import type { Followed } from './followed.ts';

/** The results of one object, verified against their hashes. */
export interface Results {
  name: string;
  files: Files;
  summary: ReportSummary;
}

/**
 * Reads the results ConfigMaps of a Benchmark or BenchmarkSet.
 * @param kind whose they must be, where it is known: both kinds may have an object of this name
 * @returns undefined when there are none: nothing was measured, or not yet
 * @throws Error when they are there but incomplete or changed
 */
export async function fetchResults(
  client: KubeClient,
  { name, namespace }: Pick<ObjectMeta, 'name' | 'namespace'>,
  kind?: Followed['kind'],
): Promise<Results | undefined> {
  const read = (shard: string) => client.get<ConfigMap>(configMaps, { name: shard, ...(namespace !== undefined && { namespace }) });
  const base = resultsName(name);
  let first: ConfigMap;
  try {
    first = await read(base);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
  const others = Array.from({ length: shardCount(first) - 1 }, (_, number) => read(`${base}-${number + 1}`));
  const files = readResults([first, ...(await Promise.all(others))]);
  // The hash vouches that this is what the operator wrote.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const summary = JSON.parse(files['summary.json'] ?? '{}') as ReportSummary;
  return kind === undefined || summary.kind === kind ? { name, files, summary } : undefined;
}
