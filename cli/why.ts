import type { Benchmark, BenchmarkSet } from '../operator/api/types.ts';
import { labels } from '../operator/benchmarkset/names.ts';
import type { KubeClient } from '../operator/kube/client.ts';
import { isNotFound } from '../operator/kube/errors.ts';
import { benchmarkSets, benchmarks, events } from '../operator/kube/object.ts';
import type { EventObject } from '../operator/kube/recorder.ts';
import { explainBenchmark, explainSet } from './explain.ts';
import { UsageError } from './exit.ts';

/** Events shown of one object, newest last. */
const shownEvents = 10;

/** Says how the set or Benchmark of this name stands, and why. @throws UsageError when there is neither */
export async function why(client: KubeClient, name: string, namespace: string): Promise<string> {
  const set = await find<BenchmarkSet>(client, benchmarkSets, name, namespace);
  if (set) {
    const { items } = await client.list<Benchmark>(benchmarks, { namespace, labelSelector: `${labels.set}=${name}` });
    return explainSet(set, items);
  }
  const benchmark = await find<Benchmark>(client, benchmarks, name, namespace);
  if (!benchmark) throw new UsageError(`there is no Benchmark and no BenchmarkSet ${name} in namespace ${namespace}; -n names another one`);
  return explainBenchmark(benchmark, await eventsAbout(client, benchmark));
}

async function find<T extends Benchmark | BenchmarkSet>(
  client: KubeClient,
  resource: typeof benchmarks,
  name: string,
  namespace: string,
): Promise<T | undefined> {
  try {
    return await client.get<T>(resource, { name, namespace });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Events about the benchmark and the pods of its last attempt. */
async function eventsAbout(client: KubeClient, { metadata, status }: Benchmark): Promise<EventObject[]> {
  const names = [metadata.name, ...(status?.attempts?.at(-1)?.pods ?? []).map((pod) => pod.name)];
  const namespace = metadata.namespace ?? 'default';
  const lists = await Promise.all(
    names.map((name) => client.list<EventObject>(events, { namespace, fieldSelector: `involvedObject.name=${name}` })),
  );
  return lists
    .flatMap(({ items }) => items)
    .toSorted((a, b) => Date.parse(a.lastTimestamp) - Date.parse(b.lastTimestamp))
    .slice(-shownEvents);
}
