import dot from '@dot-i/k8s-operator';
import type { OperatorLogger, ResourceEvent, ResourceMeta } from '@dot-i/k8s-operator';
import type { KubernetesObject } from '@kubernetes/client-node';
import type { KubeClient } from './client.ts';
import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { stopInOrder } from './drain.ts';
import type { Part } from './drain.ts';
import type { Logger } from './logger.ts';
import { silentLogger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import type { KubeObject, Resource } from './object.ts';
import { apiVersionOf } from './paths.ts';
import type { ObjectRef } from './paths.ts';
import { ResourceWatch } from './resource-watch.ts';

export interface LifecycleOptions {
  client: KubeClient;
  /** Starts the operator: called once, by `start`. */
  init: (lifecycle: OperatorLifecycle) => Promise<void>;
  /** Kinds that `watchResource` and the status calls are used for; the base class knows them by plural only. */
  resources?: Resource[];
  clock?: Clock;
  logger?: Logger;
  metrics?: Metrics;
}

/**
 * The life cycle of @dot-i/k8s-operator on this engine. Inherited: the constructor, start() -> init(), the event types and
 * handleResourceFinalizer. Replaced: the watch, which loses deletions and ends the process when a connection breaks; the status and
 * finalizer calls, which fail silently with the client library used here; stop(), which ends the process.
 */
export class OperatorLifecycle extends dot.default {
  readonly #options: LifecycleOptions & Required<Pick<LifecycleOptions, 'clock' | 'logger'>>;
  readonly #parts: Part[] = [];
  readonly #watches = new Map<string, ResourceWatch>();
  readonly #stopped = Promise.withResolvers<string[]>();
  #stopping = false;

  /** @throws Error when the default kubeconfig cannot be read: the base class always reads it */
  constructor({ clock = systemClock, logger = silentLogger, ...options }: LifecycleOptions) {
    super(textLogger(logger));
    this.#options = { ...options, clock, logger };
  }

  /** Adds something that `stop` is to end. Stopped in the order opposite to adding: what was started last takes the work in. */
  manage(part: Part): void {
    this.#parts.unshift(part);
  }

  /** Resolves after `stop` with the names of what did not end cleanly; nothing is left then that keeps the process alive. */
  get stopped(): Promise<string[]> {
    return this.#stopped.promise;
  }

  /** Ends the watches, then the parts, then the connections, each within its limit. */
  override stop(): void {
    if (this.#stopping) return;
    this.#stopping = true;
    const watches = [...this.#watches].map(([name, watch]): Part => ({ name, stop: () => watch.stop() }));
    const transport: Part = { name: 'transport', stop: () => this.#options.client.close() };
    const { clock, logger } = this.#options;
    this.#stopped.resolve(stopInOrder([...watches, ...this.#parts, transport], clock, logger));
  }

  protected override async init(): Promise<void> {
    await this.#options.init(this);
  }

  /**
   * Calls `onEvent` for every change of a kind, one at a time per object, again with growing delays when it rejects. Resolves when
   * all existing objects are known.
   */
  override async watchResource(
    group: string,
    version: string,
    plural: string,
    onEvent: (event: ResourceEvent) => Promise<void>,
    namespace?: string,
  ): Promise<void> {
    const resource = this.#resource(group, version, plural);
    const id = `${idOf(resource)}${namespace ? ` in ${namespace}` : ''}`;
    if (this.#watches.has(id)) throw new Error(`${id} is watched already`);
    const deliver = async (type: keyof typeof dot.ResourceEventType, object: KubeObject) => {
      const copy = typed(object);
      await onEvent({ type: dot.ResourceEventType[type], object: copy, meta: dot.ResourceMetaImpl.createWithPlural(plural, copy) });
    };
    const watch = new ResourceWatch({ ...this.#options, resource, deliver, ...(namespace ? { namespace } : {}) });
    this.#watches.set(id, watch);
    await watch.start();
  }

  /** Writes the whole status. @throws ApiError: isConflict when `meta` is not the newest version */
  override async setResourceStatus(meta: ResourceMeta, status: unknown): Promise<ResourceMeta> {
    const resource = this.#resourceOf(meta);
    const object = { metadata: { ...refOf(meta), resourceVersion: meta.resourceVersion }, status };
    return dot.ResourceMetaImpl.createWithId(meta.id, typed(await this.#options.client.replaceStatus(resource, object)));
  }

  /** Merges into the status. @throws as setResourceStatus */
  override async patchResourceStatus(meta: ResourceMeta, status: unknown): Promise<ResourceMeta> {
    const resource = this.#resourceOf(meta);
    const body = { metadata: { resourceVersion: meta.resourceVersion }, status };
    const patched = await this.#options.client.patch(resource, refOf(meta), body, { type: 'merge', subresource: 'status' });
    return dot.ResourceMetaImpl.createWithId(meta.id, typed(patched));
  }

  /** Sets the finalizers of this version of the object; another writer's are not lost. @throws as setResourceStatus */
  override async setResourceFinalizers(meta: ResourceMeta, finalizers: string[]): Promise<void> {
    const body = { metadata: { finalizers, resourceVersion: meta.resourceVersion } };
    await this.#options.client.patch(this.#resourceOf(meta), refOf(meta), body, { type: 'merge' });
  }

  #resource(group: string, version: string, plural: string): Resource {
    const found = this.#options.resources?.find((one) => one.group === group && one.version === version && one.plural === plural);
    if (!found) throw new Error(`${plural}.${group ? `${group}/` : ''}${version} is not among the lifecycle's resources; add it there`);
    return found;
  }

  #resourceOf(meta: ResourceMeta): Resource {
    const found = this.#options.resources?.find((one) => idOf(one) === meta.id);
    if (!found) throw new Error(`${meta.id} is not among the lifecycle's resources; add it there`);
    return found;
  }
}

/** The base class's name of a kind, e.g. `benchmarks.assay.dev/v1alpha1`. */
function idOf(resource: Resource): string {
  return `${resource.plural}.${apiVersionOf(resource)}`;
}

function refOf({ name, namespace }: ResourceMeta): ObjectRef {
  return { name, ...(namespace ? { namespace } : {}) };
}

/** A copy that the base class and handlers may change. Its type there has dates for times; nothing there reads them. */
function typed(object: KubeObject): KubernetesObject {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return structuredClone(object) as unknown as KubernetesObject;
}

function textLogger(logger: Logger): OperatorLogger {
  return {
    debug: (message) => logger.debug({}, message),
    info: (message) => logger.info({}, message),
    warn: (message) => logger.warn({}, message),
    error: (message) => logger.error({}, message),
  };
}
