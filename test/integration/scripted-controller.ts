import type { Pod } from '../../operator/backends/pod.ts';
import { Cache } from '../../operator/kube/cache.ts';
import type { KubeClient } from '../../operator/kube/client.ts';
import { isConflict, isNotFound } from '../../operator/kube/errors.ts';
import type { FakeClock } from '../../operator/kube/fake-clock.ts';
import type { KubeObject, Resource } from '../../operator/kube/object.ts';
import { pods } from '../../operator/kube/object.ts';
import { Reflector } from '../../operator/kube/reflector.ts';

/** A controller of somebody else's, by script: every 100 ms it tends each object of its kind, and knows all pods. */
export abstract class ScriptedController<H extends KubeObject> {
  protected readonly client: KubeClient;
  protected readonly holders = new Cache<H>();
  protected readonly pods = new Cache<Pod>();
  readonly #clock: FakeClock;
  readonly #reflectors: { start(): void; stop(): Promise<void>; synced: Promise<void> }[];
  #running = false;

  constructor(client: KubeClient, clock: FakeClock, resource: Resource) {
    this.client = client;
    this.#clock = clock;
    this.#reflectors = [
      new Reflector({ client, resource, cache: this.holders, clock }),
      new Reflector({ client, resource: pods, cache: this.pods, clock }),
    ];
  }

  async start(): Promise<void> {
    for (const reflector of this.#reflectors) reflector.start();
    await Promise.all(this.#reflectors.map(({ synced }) => synced));
    this.#running = true;
    this.#later();
  }

  async stop(): Promise<void> {
    this.#running = false;
    await Promise.all(this.#reflectors.map((reflector) => reflector.stop()));
  }

  /** Makes of an object what its controller would. */
  protected abstract tend(holder: H): Promise<void>;

  /** Deletes those that have not ended, as every such controller does when one is done. */
  protected async end(all: readonly Pod[]): Promise<void> {
    for (const { metadata, status } of all) {
      if (status?.phase === 'Succeeded' || status?.phase === 'Failed' || metadata.deletionTimestamp !== undefined) continue;
      await this.quietly(() => this.client.delete(pods, metadata, { uid: metadata.uid ?? '' }));
    }
  }

  /** Any of it may go at any time. */
  protected async quietly(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isNotFound(error) && !isConflict(error)) throw error;
    }
  }

  #later(): void {
    this.#clock.after(100, () => void this.#round());
  }

  async #round(): Promise<void> {
    for (const holder of this.holders.list()) await this.quietly(() => this.tend(holder));
    if (this.#running) this.#later();
  }
}

/** The definition of a kind that takes anything. @param subresources such as `status` */
export function anyDefinition({ group, version, plural, kind }: Resource, ...subresources: string[]): object {
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  const served = {
    name: version,
    served: true,
    storage: true,
    schema,
    subresources: Object.fromEntries(subresources.map((name) => [name, {}])),
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural, kind, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [served],
    },
  };
}

export function reference({ apiVersion = '', kind = '', metadata: { name, uid = '' } }: KubeObject) {
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}
