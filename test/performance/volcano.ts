import { customResourceDefinitions } from '../../operator/kube/object.ts';
import type { KubeObject, Resource } from '../../operator/kube/object.ts';
import { manifestsOf } from '../cluster/add-ons/manifests.ts';
import { volcano } from '../cluster/add-ons/volcano.ts';
import type { TestCluster } from '../integration/cluster.ts';
import { until } from '../integration/until.ts';

const queues: Resource = { group: 'scheduling.volcano.sh', version: 'v1beta1', plural: 'queues', kind: 'Queue' };

interface Queue extends KubeObject {
  status?: { state?: string };
}

/** Starts Volcano's scheduler and controllers, and returns when its queue is open. */
export async function startVolcano({ client, controlPlane }: Pick<TestCluster, 'client' | 'controlPlane'>): Promise<void> {
  const { definitions } = await manifestsOf(volcano);
  for (const definition of definitions as KubeObject[]) await client.create(customResourceDefinitions, definition);
  await until('the kinds of Volcano', async () => await client.list(queues).catch(() => undefined), 30_000);
  await controlPlane.startServices('volcano', (place) => volcano.services(place));
  const open = async () => (await client.list<Queue>(queues)).items.some(({ status }) => status?.state === 'Open') || undefined;
  await until("Volcano's queue is open", open, 60_000);
}
