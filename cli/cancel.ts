import type { KubeClient } from '../operator/kube/client.ts';
import { isNotFound } from '../operator/kube/errors.ts';
import { follow, resourceOf } from './follow.ts';
import { type Followed, isFinished } from './followed.ts';

const cleanupLimit = 30_000;

/**
 * Sets spec.cancel on what is not finished and waits, at most 30 s, until the operator has cleaned up.
 * @param force ends the wait
 * @param onChange called with every version seen
 * @returns the objects as they are then
 */
export async function cancelAll(
  client: KubeClient,
  objects: Followed[],
  force: AbortSignal,
  onChange: (object: Followed) => void = () => {},
): Promise<Followed[]> {
  const limit = AbortSignal.any([force, AbortSignal.timeout(cleanupLimit)]);
  return await Promise.all(objects.map((object) => cancel(client, object, limit, onChange)));
}

async function cancel(client: KubeClient, object: Followed, limit: AbortSignal, onChange: (object: Followed) => void): Promise<Followed> {
  const resource = resourceOf(object.kind);
  let latest = object;
  try {
    latest = await client.get<Followed>(resource, object.metadata);
    if (isFinished(latest)) return latest;
    latest = await client.patch<Followed>(resource, object.metadata, { spec: { cancel: true } }, { type: 'merge' });
    return await follow(client, latest, limit, (seen) => {
      latest = seen;
      onChange(seen);
    });
  } catch (error) {
    if (limit.aborted || isNotFound(error)) return latest;
    throw error;
  }
}
