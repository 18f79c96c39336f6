import { MemoryApi } from '../local/api/memory-api.ts';
import { definitionOf, kinds } from '../operator/api/crds.ts';
import { KubeClient } from '../operator/kube/client.ts';
import { configMaps } from '../operator/kube/object.ts';
import { reportFiles } from '../operator/results/files.ts';
import { bandwidth, report, run } from '../operator/results/builders.ts';
import { resultsConfigMaps } from '../operator/results/configmap.ts';
import { resourceOf } from './follow.ts';
import type { Followed } from './followed.ts';

/** A client of an in-memory API server that knows Assay's kinds and has no operator. */
export function memoryClient(): KubeClient {
  const api = new MemoryApi({ createNamespaces: true });
  for (const kind of kinds) api.install(definitionOf(kind));
  return new KubeClient(api);
}

export async function created<T extends Followed>(client: KubeClient, object: T, namespace = 'default'): Promise<T> {
  const { status: _, ...fresh } = object;
  const { name, labels } = object.metadata;
  return await client.create(resourceOf(object.kind), { ...fresh, metadata: { name, namespace, ...(labels && { labels }) } } as T);
}

/** Says the phase as an operator that has seen the newest spec would. */
export async function reached(client: KubeClient, object: Followed, phase: string, more: object = {}): Promise<Followed> {
  const resource = resourceOf(object.kind);
  const { metadata } = await client.get<Followed>(resource, object.metadata);
  const status = { observedGeneration: metadata.generation, phase, ...more };
  return await client.patch<Followed>(resource, metadata, { status }, { type: 'merge', subresource: 'status' });
}

/** Publishes results of one run, as an operator would for the object. */
export async function published(client: KubeClient, owner: Followed, files: Record<string, string> = {}): Promise<void> {
  const { name, namespace = 'default' } = owner.metadata;
  const measured = reportFiles(report({ kind: owner.kind, name, namespace, runs: [run({ metrics: [bandwidth(1e9)] })] }));
  for (const configMap of resultsConfigMaps(owner, `${name}-results`, { ...measured, ...files }))
    await client.create(configMaps, configMap);
}
