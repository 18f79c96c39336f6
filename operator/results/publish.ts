import type { Reason } from '../../measure/reason.ts';
import type { Benchmark, BenchmarkSet } from '../api/types.ts';
import type { KubeClient } from '../kube/client.ts';
import { ApiError, isAlreadyExists, isForbidden, isInvalid, isQuotaExceeded } from '../kube/errors.ts';
import { configMaps, keyOf } from '../kube/object.ts';
import { isResultOf, takenMessage } from './configmap.ts';
import type { ConfigMap } from './configmap.ts';

type Writer = Pick<KubeClient, 'create' | 'get' | 'replace'>;

/** Why results cannot be written, now or later. */
export interface Unpublishable {
  reason: Reason;
  message: string;
}

/**
 * Writes results ConfigMaps, the first one last: who finds its index finds all of the rest. Doing it again gives the same.
 * @returns what forbids it, when trying again would meet it again
 * @throws ApiError, NoReplyError: try again later
 */
export async function publishResults(
  client: Writer,
  owner: Benchmark | BenchmarkSet,
  results: readonly ConfigMap[],
): Promise<Unpublishable | undefined> {
  for (const configMap of results.toReversed()) {
    const refusal = await write(client, owner, configMap);
    if (refusal) return refusal;
  }
  return undefined;
}

async function write(client: Writer, owner: Benchmark | BenchmarkSet, configMap: ConfigMap): Promise<Unpublishable | undefined> {
  try {
    await client.create(configMaps, configMap);
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const reason = lastingReason(error);
    if (reason) return { reason, message: `results cannot be written to ConfigMap ${keyOf(configMap)}: ${error.message}` };
    if (!isAlreadyExists(error)) throw error;
  }
  const existing = await client.get<ConfigMap>(configMaps, configMap.metadata);
  if (!isResultOf(existing, owner)) return { reason: 'NameConflict', message: takenMessage(existing) };
  await client.replace(configMaps, configMap);
  return undefined;
}

function lastingReason(error: ApiError): Reason | undefined {
  if (error.status === 413) return 'InvalidSpec';
  if (isQuotaExceeded(error)) return 'QuotaExceeded';
  if (isForbidden(error)) return 'NotAllowed';
  return isInvalid(error) ? 'InvalidSpec' : undefined;
}
