import type { RealCluster } from './real-cluster.ts';
import type { Space } from './space.ts';

const apiVersion = 'kueue.x-k8s.io/v1beta1';

/**
 * Makes a LocalQueue of Kueue in a namespace, and all that it needs.
 * @param cpu that it admits at once
 * @returns a function that removes what belongs to no namespace
 */
export async function openQueue(cluster: RealCluster, space: Space, queue: string, cpu: string): Promise<() => Promise<void>> {
  const { name } = space;
  const resources = [{ name: 'cpu', nominalQuota: cpu }];
  const items = [
    { apiVersion, kind: 'ResourceFlavor', metadata: { name } },
    {
      apiVersion,
      kind: 'ClusterQueue',
      metadata: { name },
      spec: { namespaceSelector: {}, resourceGroups: [{ coveredResources: ['cpu'], flavors: [{ name, resources }] }] },
    },
    { apiVersion, kind: 'LocalQueue', metadata: { name: queue, namespace: name }, spec: { clusterQueue: name } },
  ];
  await space.kubectl(['apply', '--filename', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  await space.wait([`localqueue/${queue}`], 'condition=Active', 30);
  return async () => {
    await cluster.tryKubectl(['delete', `clusterqueue/${name}`, `resourceflavor/${name}`, '--wait=false']);
  };
}
