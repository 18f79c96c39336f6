import { Cache } from '../operator/kube/cache.ts';
import type { KubeClient } from '../operator/kube/client.ts';
import { benchmarkSets, benchmarks, keyOf, type Resource } from '../operator/kube/object.ts';
import { Reflector } from '../operator/kube/reflector.ts';
import { type Followed, isFinished } from './followed.ts';

export function resourceOf(kind: Followed['kind']): Resource {
  return kind === 'BenchmarkSet' ? benchmarkSets : benchmarks;
}

/**
 * Watches one object until it is finished.
 * @param onChange called with every version seen
 * @returns the finished object, or its last version with a deletionTimestamp when it is deleted before its end;
 *   rejects with `signal.reason` when aborted
 */
export async function follow(
  client: KubeClient,
  object: Followed,
  signal: AbortSignal,
  onChange: (object: Followed) => void,
): Promise<Followed> {
  const { namespace = 'default', name } = object.metadata;
  const cache = new Cache<Followed>();
  const reflector = new Reflector<Followed>({
    client,
    resource: resourceOf(object.kind),
    cache,
    namespaces: [namespace],
    fieldSelector: `metadata.name=${name}`,
  });
  const finished = new Promise<Followed>((resolve, reject) => {
    cache.onChange((change) => {
      if (keyOf(change.object) !== keyOf(object)) return;
      if (change.type === 'Deleted') {
        const { metadata } = change.object;
        resolve({ ...change.object, metadata: { ...metadata, deletionTimestamp: metadata.deletionTimestamp ?? new Date().toISOString() } });
        return;
      }
      onChange(change.object);
      if (isFinished(change.object)) resolve(change.object);
    });
    signal.addEventListener('abort', () => {
      reject(signal.reason);
    });
    if (signal.aborted) reject(signal.reason);
  });
  reflector.start();
  try {
    return await finished;
  } finally {
    await reflector.stop();
  }
}
