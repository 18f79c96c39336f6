import type { Benchmark, BenchmarkSet } from '../api/types.ts';
import type { KubeClient } from '../kube/client.ts';
import { isAlreadyExists } from '../kube/errors.ts';
import { configMaps } from '../kube/object.ts';
import { isResultOf, takenMessage } from './configmap.ts';
import type { ConfigMap } from './configmap.ts';

/**
 * Writes results ConfigMaps, the first one last: who finds its index finds all of the rest. Doing it again gives the same.
 * @returns why nothing was written, when one of the names is taken by something else
 * @throws ApiError, NoReplyError: try again later
 */
export async function publishResults(
  client: Pick<KubeClient, 'create' | 'get' | 'replace'>,
  owner: Benchmark | BenchmarkSet,
  results: readonly ConfigMap[],
): Promise<string | undefined> {
  for (const configMap of results.toReversed()) {
    const taken = await write(client, owner, configMap);
    if (taken !== undefined) return taken;
  }
  return undefined;
}

async function write(
  client: Pick<KubeClient, 'create' | 'get' | 'replace'>,
  owner: Benchmark | BenchmarkSet,
  configMap: ConfigMap,
): Promise<string | undefined> {
  try {
    await client.create(configMaps, configMap);
    return undefined;
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
  }
  const existing = await client.get<ConfigMap>(configMaps, configMap.metadata);
  if (!isResultOf(existing, owner)) return takenMessage(existing);
  await client.replace(configMaps, configMap);
  return undefined;
}
