import type { Pod } from '../../operator/backends/pod.ts';
import { Cache } from '../../operator/kube/cache.ts';
import type { KubeClient } from '../../operator/kube/client.ts';
import { keyOf, pods } from '../../operator/kube/object.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import { labels } from '../../operator/backends/labels.ts';
import { Reflector } from '../../operator/kube/reflector.ts';

type Condition = (pod: Pod) => boolean;

/** Waits for what becomes of pods, all by one watch. */
export class AwaitedPods {
  readonly #cache = new Cache<Pod>();
  readonly #waits = new Map<string, { condition: Condition; met: (pod: Pod) => void }>();
  readonly #reflector: Reflector<Pod>;

  constructor(client: KubeClient) {
    this.#reflector = new Reflector({ client, resource: pods, cache: this.#cache, labelSelector: labels.benchmark });
    this.#cache.onChange(({ object }) => {
      this.#look(keyOf(object));
    });
  }

  async start(): Promise<void> {
    this.#reflector.start();
    await this.#reflector.synced;
  }

  async stop(): Promise<void> {
    await this.#reflector.stop();
  }

  /** Resolves with the pod once it is as wanted; one wait a pod at a time. */
  until(pod: KubeObject, condition: Condition): Promise<Pod> {
    const { promise, resolve } = Promise.withResolvers<Pod>();
    this.#waits.set(keyOf(pod), { condition, met: resolve });
    this.#look(keyOf(pod));
    return promise;
  }

  #look(key: string): void {
    const wait = this.#waits.get(key);
    const pod = this.#cache.get(key);
    if (!wait || !pod || !wait.condition(pod)) return;
    this.#waits.delete(key);
    wait.met(pod);
  }
}
