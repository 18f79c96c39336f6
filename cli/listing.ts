import { labels } from '../operator/benchmarkset/names.ts';
import type { KubeClient } from '../operator/kube/client.ts';
import { benchmarkSets, benchmarks } from '../operator/kube/object.ts';
import type { Followed } from './followed.ts';
import { printable } from './output/printable.ts';
import { secondsText } from './progress/line.ts';
import { table } from './table.ts';

/** Table of the sets and of the Benchmarks that belong to none, newest last. @param namespace all when undefined */
export async function listing(client: KubeClient, namespace: string | undefined, now: number): Promise<string> {
  const place = namespace === undefined ? {} : { namespace };
  const [sets, singles] = await Promise.all([
    client.list<Followed>(benchmarkSets, place),
    // Members of sets are left to the server to leave out: there may be thousands.
    client.list<Followed>(benchmarks, { ...place, labelSelector: `!${labels.set}` }),
  ]);
  const objects = [...sets.items, ...singles.items].toSorted((a, b) => created(a) - created(b));
  if (objects.length === 0)
    return `no Benchmark and no BenchmarkSet in ${namespace === undefined ? 'any namespace' : `namespace ${namespace}`}`;
  const head = ['kind', 'name', 'phase', 'age', 'summary'];
  const rows = objects.map((object) => rowOf(object, now));
  return namespace === undefined
    ? table(
        ['namespace'].concat(head),
        rows.map((row, index) => [objects[index]?.metadata.namespace ?? ''].concat(row)),
      )
    : table(head, rows);
}

function rowOf(object: Followed, now: number): string[] {
  const { kind, metadata, status } = object;
  const age = secondsText(Math.max(0, (now - created(object)) / 1000));
  return [kind, metadata.name, status?.phase ?? 'Pending', age, printable(status?.summary ?? '')];
}

function created({ metadata }: Followed): number {
  return Date.parse(metadata.creationTimestamp ?? '');
}
