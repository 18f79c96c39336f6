import type { KubeClient } from '../operator/kube/client.ts';
import { isNotFound } from '../operator/kube/errors.ts';
import { follow, resourceOf } from './follow.ts';
import { type Followed, isFinished } from './progress.ts';

const cleanupLimit = 30_000;

/** Sets spec.cancel on what is not finished and waits, at most 30 s, until the operator has cleaned up. Returns the objects as they are then. */
export async function cancelAll(client: KubeClient, objects: Followed[]): Promise<Followed[]> {
  const limit = AbortSignal.timeout(cleanupLimit);
  return await Promise.all(objects.map((object) => cancel(client, object, limit)));
}

async function cancel(client: KubeClient, object: Followed, limit: AbortSignal): Promise<Followed> {
  const resource = resourceOf(object.kind);
  let latest = object;
  try {
    latest = await client.get<Followed>(resource, object.metadata);
    if (isFinished(latest)) return latest;
    latest = await client.patch<Followed>(resource, object.metadata, { spec: { cancel: true } }, { type: 'merge' });
    return await follow(client, latest, limit, (seen) => {
      latest = seen;
    });
  } catch (error) {
    if (limit.aborted || isNotFound(error)) return latest;
    throw error;
  }
}
