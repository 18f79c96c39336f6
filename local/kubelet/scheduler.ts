import type { Cache } from '../../operator/kube/cache.ts';
import type { KubeClient } from '../../operator/kube/client.ts';
import type { Clock } from '../../operator/kube/clock.ts';
import { keyOf, pods } from '../../operator/kube/object.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import type { Pod } from './pod.ts';
import { hasEnded } from './pod.ts';
import { place } from './schedule.ts';
import type { Candidate, Placed } from './schedule.ts';
import { unschedulable } from './status.ts';
import { timeOf } from './time.ts';

export interface SchedulerOptions {
  client: KubeClient;
  pods: Cache<Pod>;
  claims: Cache<KubeObject>;
  nodes: readonly Candidate[];
  clock: Clock;
}

/** Gives pods a node, one at a time as far as the decision goes, and keeps those in mind that no node fits. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  /** Decided here and not yet seen in the cache, by UID: the next decision must count them. */
  readonly #assumed = new Map<string, Placed>();
  readonly #waiting = new Set<string>();

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  /** Keys of pods that may fit now that something changed; they are forgotten here. */
  takeWaiting(): string[] {
    const keys = [...this.#waiting];
    this.#waiting.clear();
    return keys;
  }

  /** Binds the pod, or says in its status why it cannot be. */
  async schedule(pod: Pod): Promise<void> {
    const { client, nodes } = this.#options;
    const { name, namespace = 'default', uid = '' } = pod.metadata;
    // The watch has not shown the binding yet.
    if (this.#assumed.has(uid)) return;
    const missing = this.#missingClaim(pod);
    const placement =
      missing === undefined ? place(pod, nodes, this.#placed()) : { message: `0/${nodes.length} nodes are available: ${missing}.` };
    if (!('node' in placement)) {
      await this.#refuse(pod, placement.message);
      return;
    }
    const { node } = placement;
    this.#assumed.set(uid, { pod, node });
    try {
      const binding = {
        apiVersion: 'v1',
        kind: 'Binding',
        metadata: { name, namespace, uid },
        target: { apiVersion: 'v1', kind: 'Node', name: node },
      };
      await client.createUnder(pods, { name, namespace }, 'binding', binding);
    } catch (error) {
      this.#assumed.delete(uid);
      throw error;
    }
  }

  /** The cache has newer word of a pod than what was assumed. */
  forget({ metadata }: Pod): void {
    this.#assumed.delete(metadata.uid ?? '');
    this.#waiting.delete(keyOf({ metadata }));
  }

  #placed(): Placed[] {
    const seen = this.#options.pods
      .list()
      .flatMap((pod) => (pod.spec.nodeName && !hasEnded(pod) ? [{ pod, node: pod.spec.nodeName }] : []));
    return [...seen, ...this.#assumed.values()];
  }

  #missingClaim({ metadata, spec }: Pod): string | undefined {
    const names =
      spec.volumes?.flatMap(({ persistentVolumeClaim }) => (persistentVolumeClaim ? [persistentVolumeClaim.claimName] : [])) ?? [];
    const missing = names.find((name) => !this.#options.claims.get(keyOf({ metadata: { ...metadata, name } })));
    return missing === undefined ? undefined : `persistentvolumeclaim "${missing}" not found`;
  }

  async #refuse(pod: Pod, message: string): Promise<void> {
    const { client, clock } = this.#options;
    this.#waiting.add(keyOf(pod));
    const [known] = pod.status?.conditions ?? [];
    if (known?.message === message) return;
    const { name, namespace = 'default', uid } = pod.metadata;
    const status = unschedulable(message, timeOf(clock.now()));
    await client.patch(pods, { name, namespace }, { metadata: { uid }, status }, { type: 'merge', subresource: 'status' });
  }
}
