import { peersAnnotation } from '../backends/peers.ts';
import { isInvalid, isNotFound } from '../kube/errors.ts';
import { pods } from '../kube/object.ts';
import type { ActOptions } from './act.ts';
import type { Refusal } from './create.ts';
import { refusalOf } from './create.ts';
import type { Action, Observed } from './observed.ts';

/**
 * Tells a pod its peers' addresses. With the UID, so that nothing that took the name since is told: the API server refuses to change it.
 * @returns why the API server did not take it; undefined when it did, or when the pod is gone, of which its watch tells
 * @throws ApiError, NoReplyError for faults that pass
 */
export async function tellPeers(
  { name, uid, text }: Extract<Action, { type: 'TellPeers' }>,
  { benchmark }: Pick<Observed, 'benchmark'>,
  { client, caches }: Pick<ActOptions, 'client' | 'caches'>,
): Promise<Refusal | undefined> {
  const { namespace } = benchmark.metadata;
  const ref = { name, ...(namespace === undefined ? {} : { namespace }) };
  try {
    const patch = { metadata: { uid, annotations: { [peersAnnotation]: text } } };
    caches[pods.plural]?.observe(await client.patch(pods, ref, patch, { type: 'merge' }));
    return undefined;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    if (isInvalid(error) && (await client.get(pods, ref)).metadata.uid !== uid) return undefined;
    return refusalOf(error, { metadata: { name } });
  }
}
