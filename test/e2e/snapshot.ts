import type { RealCluster } from './real-cluster.ts';

/** What clusters make and forget by themselves. */
const passing = new Set(['events', 'events.events.k8s.io', 'componentstatuses']);
/** Heartbeats of the nodes: in a young cluster they may begin after the first look. */
const heartbeat = 'Lease kube-node-lease/';

/** Every object of a cluster by kind, namespace and name, as `kind namespace/name`. */
export async function snapshot(cluster: RealCluster): Promise<Set<string>> {
  const kinds = (await cluster.kubectl(['api-resources', '--verbs=list', '--output', 'name'])).trim().split('\n');
  const wanted = kinds.filter((kind) => !passing.has(kind)).join(',');
  const template = 'jsonpath={range .items[*]}{.kind} {.metadata.namespace}/{.metadata.name}{"\\n"}{end}';
  const lines = await cluster.kubectl(['get', wanted, '--all-namespaces', '--output', template]);
  return new Set(
    lines
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith(heartbeat)),
  );
}

/** What is there now and was not then. */
export async function newSince(cluster: RealCluster, before: ReadonlySet<string>): Promise<string[]> {
  return [...(await snapshot(cluster))].filter((one) => !before.has(one)).toSorted();
}
