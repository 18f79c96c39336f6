import type { Cache } from '../kube/cache.ts';
import type { KubeObject, Resource } from '../kube/object.ts';

/** A kind to watch into a cache. */
export interface Watched {
  resource: Resource;
  cache: Cache<KubeObject>;
  labelSelector?: string;
  fieldSelector?: string;
}
