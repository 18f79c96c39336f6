import type { Cause, Creation } from '../backends/backend.ts';
import type { Benchmark } from '../api/types.ts';
import type { KubeClient } from '../kube/client.ts';
import { isAlreadyExists, isBadRequest, isForbidden, isInvalid, isNotFound, isQuotaExceeded, messageOf } from '../kube/errors.ts';
import type { KubeObject } from '../kube/object.ts';
import { isOwnedBy } from './ownership.ts';

/** A refusal of the API server; `final` where the same request would be refused again. */
export interface Refusal extends Cause {
  final: boolean;
}

/**
 * Creates an object, or finds that it is there already and belongs to the benchmark.
 * @returns the object as the server has it, or why there is none
 * @throws ApiError, NoReplyError for faults that pass
 */
export async function create(
  client: KubeClient,
  owner: Benchmark,
  { resource, object }: Creation,
): Promise<{ created: KubeObject } | { refusal: Refusal }> {
  try {
    return { created: await client.create(resource, object) };
  } catch (error) {
    if (!isAlreadyExists(error)) return { refusal: refusalOf(error, object) };
  }
  try {
    const existing = await client.get(resource, object.metadata);
    return isOwnedBy(existing, owner) ? { created: existing } : { refusal: conflict(existing, owner, resource.kind) };
  } catch (error) {
    // It went away in between: the next try creates it.
    if (isNotFound(error))
      return {
        refusal: { reason: 'NameConflict', message: `${resource.kind} ${object.metadata.name} was in the way and is gone`, final: false },
      };
    throw error;
  }
}

/** Somebody else's object is neither adopted nor deleted; that of a benchmark of the same name before this one is on its way out. */
function conflict({ metadata }: KubeObject, owner: Benchmark, kind: string): Refusal {
  const predecessor =
    metadata.ownerReferences?.some(({ kind: ownerKind, name }) => ownerKind === owner.kind && name === owner.metadata.name) ?? false;
  const message = predecessor
    ? `${kind} ${metadata.name} of an earlier benchmark of this name is still being deleted`
    : `${kind} ${metadata.name} exists and belongs to something else; delete it or give the benchmark another name`;
  return { reason: 'NameConflict', message, final: !predecessor };
}

/** What a refusal means for the run. @throws the error where it is no refusal but a fault that passes */
export function refusalOf(error: unknown, { metadata }: { metadata: { name: string } }): Refusal {
  const message = `${metadata.name}: ${messageOf(error)}`;
  if (isQuotaExceeded(error)) return { reason: 'QuotaExceeded', message, final: false };
  if (isForbidden(error) && error.message.includes('violates PodSecurity')) return { reason: 'NotAllowed', message, final: true };
  // A missing service account or priority class may still come.
  if (isForbidden(error)) return { reason: 'ConfigError', message, final: false };
  // The kind is not served any more: no Status says what was not found.
  if (isNotFound(error) && error.details === undefined) return { reason: 'BackendMissing', message, final: false };
  if (isInvalid(error) || isBadRequest(error)) return { reason: 'InvalidSpec', message, final: true };
  throw error;
}
