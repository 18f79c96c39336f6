import type { Benchmark } from '../api/types.ts';
import { labels } from '../backends/labels.ts';
import type { Pod } from '../backends/pod.ts';
import type { Cache } from '../kube/cache.ts';
import type { Clock } from '../kube/clock.ts';
import type { KubeObject } from '../kube/object.ts';
import { keyOf } from '../kube/object.ts';
import type { AddOns } from './add-ons.ts';
import { byTurn, contested, verdictFor } from './admission.ts';
import type { Claimant, Scope, Tenant, Verdict } from './admission.ts';
import { currentAttempt } from './attempts.ts';
import { isOwnedBy, rootOf } from './ownership.ts';
import { notBefore } from './requeue.ts';
import { isOver } from './status.ts';

export interface AdmissionOptions {
  /** Indexed by `benchmarkIndexers` and `podIndexers`. */
  benchmarks: Cache<Benchmark>;
  pods: Cache<Pod>;
  /** What holds pods that do not stand alone. */
  holders: Pick<AddOns, 'list' | 'objectsOf' | 'byUid'>;
  clock: Clock;
  /** Pods by role that a benchmark will have; undefined when its spec is refused. */
  replicas: (benchmark: Benchmark) => ReadonlyMap<string, number> | undefined;
  /** Higher goes first; default 0 for all. */
  priority?: (benchmark: Benchmark) => number;
}

/** How long after the end of its grace a pod counts as alive, ms: its node may never report the end. */
const lostAfter = 60_000;

/**
 * The admission queue of the whole cluster. It keeps nothing but the reservations of this moment: who holds a place is read
 * from the pods, who waits from the benchmarks, so a restarted operator goes on where the last one stopped.
 */
export class AdmissionQueue {
  readonly #options: AdmissionOptions;
  /** Admitted, but their first pod is not in the cache yet. */
  readonly #reserved = new Map<string, Tenant>();

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  /** Whether the benchmark may start; if so its place is reserved at once, before any other worker can ask. */
  request(benchmark: Benchmark): Verdict {
    const claimant = this.#claimant(benchmark);
    const ahead = this.#waiting().filter((other) => other.uid !== claimant.uid && byTurn(other, claimant) < 0);
    const verdict = verdictFor(claimant, this.#holders(claimant.scope === 'None'), ahead);
    if (verdict.admitted) this.#reserved.set(claimant.uid, claimant);
    return verdict;
  }

  /** Ends a reservation: from here on the pods speak for themselves. */
  release(uid: string): void {
    this.#reserved.delete(uid);
  }

  /** Keys of the benchmarks that could start now. */
  admissible(): string[] {
    const waiting = this.#waiting();
    // Mostly nobody waits, while those who hold a place are many.
    if (waiting.length === 0) return [];
    const holders = this.#holders(waiting.every(({ scope }) => scope === 'None'));
    const ahead: Claimant[] = [];
    return waiting
      .filter((claimant) => {
        const free = ![...holders, ...ahead].some((tenant) => contested(claimant, tenant) !== undefined);
        ahead.push(claimant);
        return free;
      })
      .map(({ key }) => key);
  }

  /** Whether other benchmarks have pods on nodes, so that one that fits nowhere may fit later. */
  isCrowded(uid: string): boolean {
    return this.#holders().some((holder) => holder.uid !== uid && holder.nodes.length > 0);
  }

  #waiting(): Claimant[] {
    const { benchmarks, clock } = this.#options;
    const now = clock.now();
    return benchmarks
      .index('open', '')
      .filter((benchmark) => this.#waits(benchmark) && notBefore(benchmark) <= now)
      .map((benchmark) => this.#claimant(benchmark))
      .toSorted(byTurn);
  }

  #waits(benchmark: Benchmark): boolean {
    const { metadata, spec, status } = benchmark;
    if (metadata.deletionTimestamp !== undefined || spec.suspend === true || spec.cancel === true) return false;
    const uid = metadata.uid ?? '';
    const attempt = String(currentAttempt(status));
    const made = [...this.#options.pods.index('benchmark', uid), ...this.#options.holders.objectsOf(uid)];
    if (this.#reserved.has(uid) || made.some(({ metadata: own }) => own.labels?.[labels.attempt] === attempt)) return false;
    return this.#options.replicas(benchmark) !== undefined;
  }

  #claimant(benchmark: Benchmark): Claimant {
    const { metadata, spec } = benchmark;
    const nodes = spec.placement?.nodes ?? {};
    const roles = [...(this.#options.replicas(benchmark)?.keys() ?? [])];
    return {
      uid: metadata.uid ?? '',
      key: keyOf(benchmark),
      namespace: metadata.namespace ?? '',
      scope: exclusiveOf(benchmark),
      nodes: Object.values(nodes),
      pinned: roles.length > 0 && roles.every((role) => Object.hasOwn(nodes, role)),
      placing: true,
      priority: this.#options.priority?.(benchmark) ?? 0,
      createdAt: Date.parse(metadata.creationTimestamp ?? '') || 0,
    };
  }

  /** @param exclusiveOnly without those who share their place: who shares as well never stands in their way */
  #holders(exclusiveOnly = false): Tenant[] {
    const now = this.#options.clock.now();
    const live = this.#options.pods.index('live', '').filter((pod) => this.#isOwned(pod) && !isLost(pod, now));
    const byOwner = Map.groupBy(live, ({ metadata }) => metadata.labels?.[labels.uid] ?? '');
    const holders = [...byOwner]
      .filter(([uid, pods]) => !exclusiveOnly || this.#scopeHeld(uid, pods) !== 'None')
      .map(([uid, pods]) => this.#holder(uid, pods));
    const others = [...this.#promised(), ...this.#reserved.values()].filter(({ uid }) => !byOwner.has(uid));
    return [...holders, ...others];
  }

  /** Those whose pods something else is to make, and has not yet. */
  #promised(): Tenant[] {
    const { benchmarks, pods, holders } = this.#options;
    return holders.list().flatMap((holder) => {
      const benchmark = benchmarks.get(ownerKey(holder));
      if (!benchmark || isOver(benchmark) || !isOwnedBy(holder, benchmark)) return [];
      const attempt = String(currentAttempt(benchmark.status));
      const isCurrent = ({ metadata }: KubeObject) => metadata.labels?.[labels.attempt] === attempt;
      const isMade = pods.index('benchmark', benchmark.metadata.uid ?? '').some(isCurrent);
      return isCurrent(holder) && !isMade ? [this.#claimant(benchmark)] : [];
    });
  }

  /** By references, which name UIDs, and not by the label alone. */
  #isOwned(pod: Pod): boolean {
    const root = rootOf(pod, (uid) => this.#options.holders.byUid(uid));
    return root !== undefined && root === pod.metadata.labels?.[labels.uid];
  }

  /** The benchmark itself has the last word on its scope; only where it is gone its pods' label counts. */
  #scopeHeld(uid: string, pods: Pod[]): Scope {
    const benchmark = this.#benchmarkOf(uid, pods);
    return benchmark ? exclusiveOf(benchmark) : scopeOf(pods[0]);
  }

  #benchmarkOf(uid: string, pods: Pod[]): Benchmark | undefined {
    const benchmark = this.#options.benchmarks.get(ownerKey(pods[0]));
    return benchmark?.metadata.uid === uid ? benchmark : undefined;
  }

  #holder(uid: string, pods: Pod[]): Tenant {
    const [first] = pods;
    const benchmark = this.#benchmarkOf(uid, pods);
    const known = benchmark && this.#claimant(benchmark);
    const wanted = benchmark ? total(this.#options.replicas(benchmark)) : pods.length;
    const nodes = pods.flatMap(({ spec }) => spec.nodeName ?? []);
    return {
      uid,
      key: ownerKey(first),
      namespace: first?.metadata.namespace ?? '',
      scope: this.#scopeHeld(uid, pods),
      nodes: [...new Set([...nodes, ...(known?.nodes ?? [])])],
      pinned: known?.pinned ?? true,
      placing: nodes.length < Math.min(wanted, this.#made(uid, pods, wanted)),
    };
  }

  /** Pods of a run that has begun to end do not come back: only a run with none ended is still being placed. */
  #made(uid: string, live: Pod[], wanted: number): number {
    const attempt = live[0]?.metadata.labels?.[labels.attempt];
    const all = this.#options.pods.index('benchmark', uid).filter(({ metadata }) => metadata.labels?.[labels.attempt] === attempt);
    return all.length > live.length ? live.length : wanted;
  }
}

function total(replicas: ReadonlyMap<string, number> | undefined): number {
  return [...(replicas?.values() ?? [])].reduce((sum, count) => sum + count, 0);
}

function ownerKey(pod: KubeObject | undefined): string {
  return `${pod?.metadata.namespace ?? ''}/${pod?.metadata.labels?.[labels.benchmark] ?? ''}`;
}

function exclusiveOf({ spec }: Benchmark): Scope {
  return spec.placement?.exclusive ?? 'Node';
}

function scopeOf(pod: Pod | undefined): Scope {
  const scope = pod?.metadata.labels?.[labels.exclusive];
  return scope === 'None' || scope === 'Namespace' || scope === 'Cluster' ? scope : 'Node';
}

function isLost({ metadata }: Pod, now: number): boolean {
  return metadata.deletionTimestamp !== undefined && now > Date.parse(metadata.deletionTimestamp) + lostAfter;
}
