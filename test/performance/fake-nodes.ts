import type { KubeClient } from '../../operator/kube/client.ts';
import { nodes } from '../../operator/kube/object.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import { until } from '../integration/until.ts';

interface Node extends KubeObject {
  status?: { conditions?: { type: string; status: string }[] };
}

/** Registers nodes that kwok plays the kubelet of, and waits until it does. */
export async function registerNodes(client: KubeClient, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const name = `fake-${String(index).padStart(3, '0')}`;
    const labels = { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' };
    await client.create(nodes, { metadata: { name, labels, annotations: { 'kwok.x-k8s.io/node': 'fake' } } });
    // Admission taints new nodes; in a cluster the node controller takes that back when the kubelet reports.
    await client.patch(nodes, { name }, { spec: { taints: null } }, { type: 'merge' });
  }
  const ready = async () => ((await client.list<Node>(nodes)).items.every(isReady) ? true : undefined);
  await until(`${count} fake nodes ready`, ready, 60_000);
}

function isReady({ status }: Node): boolean {
  return status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false;
}
