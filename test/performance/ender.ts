import { labels } from '../../operator/backends/labels.ts';
import { identityOf } from '../../operator/backends/pod-identity.ts';
import type { Pod } from '../../operator/backends/pod.ts';
import { Cache } from '../../operator/kube/cache.ts';
import type { KubeClient } from '../../operator/kube/client.ts';
import { isConflict, isNotFound } from '../../operator/kube/errors.ts';
import { pods } from '../../operator/kube/object.ts';
import { Reflector } from '../../operator/kube/reflector.ts';
import { assignmentIn, endedStatus } from './ending.ts';

/** How long a tool runs, ms. */
const runTime = 1000;

/**
 * The agents of pods that kwok runs: a pod whose tool measures ends well a second after it began, one that serves runs on.
 * One write a pod, which a kubelet would make as well.
 */
export class Ender {
  readonly #client: KubeClient;
  readonly #reflector: Reflector<Pod>;
  readonly #timers = new Set<NodeJS.Timeout>();
  /** What went wrong, to be told at the end: a pod that did not end is a lost member. */
  readonly faults: unknown[] = [];

  constructor(client: KubeClient) {
    this.#client = client;
    const cache = new Cache<Pod>();
    this.#reflector = new Reflector({
      client,
      resource: pods,
      cache,
      fieldSelector: 'status.phase=Running',
      labelSelector: labels.benchmark,
    });
    cache.onChange(({ type, object }) => {
      if (type === 'Added') this.#began(object);
    });
  }

  async start(): Promise<void> {
    this.#reflector.start();
    await this.#reflector.synced;
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#reflector.stop();
  }

  #began(pod: Pod): void {
    const assignment = assignmentIn(pod);
    if (assignment?.task.measures !== true) return;
    const startedAt = Date.now();
    const { index } = identityOf(pod);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#end(pod, endedStatus(assignment, index, startedAt, Date.now()));
    }, runTime);
    this.#timers.add(timer);
  }

  async #end({ metadata }: Pod, status: object): Promise<void> {
    try {
      const patch = { metadata: { uid: metadata.uid }, status };
      await this.#client.patch(pods, metadata, patch, { type: 'merge', subresource: 'status' });
    } catch (error) {
      if (!isNotFound(error) && !isConflict(error)) this.faults.push(error);
    }
  }
}
