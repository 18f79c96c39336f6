import type { Benchmark } from '../api/types.ts';
import type { Backend } from '../backends/backend.ts';
import type { Pod } from '../backends/pod.ts';
import type { EventAbout } from '../backends/pod-waiting.ts';
import { BoundedMap } from '../kube/bounded-map.ts';
import type { Cache } from '../kube/cache.ts';
import type { KubeClient } from '../kube/client.ts';
import type { Clock, Instant } from '../kube/clock.ts';
import type { Recheck } from '../kube/controller.ts';
import { forObject } from '../kube/logger.ts';
import type { Logger } from '../kube/logger.ts';
import { keyOf } from '../kube/object.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Recorder } from '../kube/recorder.ts';
import type { Environment } from '../results/summary.ts';
import { act, writeStatus } from './act.ts';
import type { ActOptions } from './act.ts';
import type { AddOns } from './add-ons.ts';
import { check } from './check.ts';
import type { Checked } from './check.ts';
import { decide } from './decide.ts';
import { hold } from './hold.ts';
import { newMemory, remember } from './memory.ts';
import type { Memory } from './memory.ts';
import { observe } from './observe.ts';
import type { Decision, Observed } from './observed.ts';
import type { RightsPolicy } from './policy.ts';
import { AdmissionQueue } from './queue.ts';
import { isMade } from './roles.ts';
import { retryPause } from './start.ts';
import { isFinal, isOver } from './status.ts';

export interface BenchmarkCaches {
  /** With `benchmarkIndexers`. */
  benchmarks: Cache<Benchmark>;
  /** With `podIndexers`; those labelled `assay.dev/benchmark` are enough. */
  pods: Cache<Pod>;
  /** With `claimIndexers`; selected as the pods. */
  claims: Cache<KubeObject>;
  /** With `eventIndexers`; Warnings about pods are enough. */
  events: Cache<EventAbout>;
}

export interface BenchmarkReconcilerOptions {
  client: KubeClient;
  caches: BenchmarkCaches;
  recorder: Pick<Recorder, 'record'>;
  clock: Clock;
  logger: Logger;
  backends: readonly Backend[];
  addOns: AddOns;
  policy?: RightsPolicy;
  /** Higher goes first in the admission queue; 0 for all where it is absent. */
  priority?: (benchmark: Benchmark) => number;
  /** What results say of the surroundings. */
  environment?: Environment;
}

/** Specs are looked at once a generation; more than these are looked at again. */
const rememberedSpecs = 5000;

/** Brings one Benchmark a step further: looks, decides, acts, and writes the status at most once. */
export class BenchmarkReconciler {
  readonly queue: AdmissionQueue;
  readonly #options: BenchmarkReconcilerOptions;
  readonly #caches: ActOptions['caches'];
  readonly #memories = new Map<string, Memory>();
  readonly #checked = new BoundedMap<string, Checked>(rememberedSpecs);

  constructor(options: BenchmarkReconcilerOptions) {
    const { caches, clock, priority, addOns } = options;
    this.#options = options;
    this.#caches = { ...addOns.holders, benchmarks: caches.benchmarks, pods: caches.pods, persistentvolumeclaims: caches.claims };
    this.queue = new AdmissionQueue({
      benchmarks: caches.benchmarks,
      pods: caches.pods,
      holders: addOns,
      clock,
      // Who waits for an add-on keeps nobody else waiting.
      replicas: (benchmark) => (addOns.missing(backendOf(benchmark)) ? undefined : replicasOf(this.#check(benchmark))),
      ...(priority ? { priority } : {}),
    });
  }

  /** @param key of a Benchmark that may be gone. @throws ApiError, NoReplyError: to be tried again later */
  async reconcile(key: string): Promise<Recheck | undefined> {
    const stored = this.#options.caches.benchmarks.get(key);
    if (!stored || stored.metadata.deletionTimestamp !== undefined) {
      // What it owned is deleted by the API server.
      this.#memories.delete(key);
      return undefined;
    }
    const benchmark = { ...stored, spec: this.#check(stored).spec };
    const memory = this.#memoryOf(key, benchmark);
    try {
      return await this.#pass(benchmark, memory);
    } finally {
      this.queue.release(memory.uid);
    }
  }

  async #pass(benchmark: Benchmark, memory: Memory): Promise<Recheck | undefined> {
    const { client, clock, backends, environment } = this.#options;
    const backend = backends.find(({ name }) => name === backendOf(benchmark)) ?? backends[0];
    if (!backend) throw new Error('no backend is configured');
    await this.#open(backend, memory);
    const options: ActOptions = { client, backend, clock, caches: this.#caches, ...(environment && { environment }) };
    const seen = this.#look(benchmark, backend, memory);
    const decision = decide(seen, clock.now());
    if (await act(decision.actions, seen, memory, options)) return { recheckAfter: 0 };
    const now = clock.now();
    const { write, until } = hold(seen, decision, memory.writtenAt, now);
    if (write) {
      await writeStatus(benchmark, decision.status, options);
      memory.writtenAt = clock.now();
      this.#tell(benchmark, decision);
    }
    if (isFinal(decision.status) && isRemoved(seen)) this.#memories.delete(keyOf(benchmark));
    return recheck([decision.recheckAt, until], now);
  }

  /** What the backend needs is there, or stands in the way of the next attempt. */
  async #open({ name }: Backend, memory: Memory): Promise<void> {
    const { addOns, clock } = this.#options;
    const missing = await addOns.open(name);
    const now = clock.now();
    if (missing) memory.obstacle = { ...missing, final: false, since: memory.obstacle?.since ?? now, at: now };
    else if (memory.obstacle?.reason === 'BackendMissing' && memory.obstacle.at + retryPause <= now) delete memory.obstacle;
  }

  #look(benchmark: Benchmark, backend: Backend, memory: Memory): Observed {
    const { caches, clock, addOns } = this.#options;
    const { uid } = memory;
    const pods = caches.pods.index('benchmark', uid);
    const holders = addOns.objectsOf(uid);
    const sources = {
      pods,
      holders,
      claims: caches.claims.index('benchmark', uid),
      events: [
        ...pods.flatMap(({ metadata }) => caches.events.index('object', metadata.uid ?? '')),
        ...holders.flatMap(({ metadata }) => addOns.eventsAbout(metadata.uid ?? '')),
      ],
    };
    const seen = observe(benchmark, this.#check(benchmark), backend, sources, memory, clock.now());
    remember({ pods: [...seen.pods, ...seen.earlier].filter(isMade), holders: seen.holders }, memory);
    if (seen.pods.some(({ waiting }) => waiting?.reason === 'Unschedulable')) seen.crowded = this.queue.isCrowded(uid);
    if (wantsPlace(seen)) seen.admission = this.queue.request(benchmark);
    return seen;
  }

  #check(benchmark: Benchmark): Checked {
    // Of what has ended nothing more is asked; a restart over thousands of them is to be short.
    if (isOver(benchmark)) return { spec: benchmark.spec, roles: [], cautions: [] };
    const { uid, generation } = benchmark.metadata;
    const key = `${uid}/${generation}`;
    const known = this.#checked.get(key);
    if (known) return known;
    const checked = check(benchmark, this.#options.backends, this.#options.policy);
    this.#checked.set(key, checked);
    return checked;
  }

  #memoryOf(key: string, { metadata }: Benchmark): Memory {
    const known = this.#memories.get(key);
    if (known && known.uid === metadata.uid) return known;
    const memory = newMemory(metadata.uid ?? '');
    this.#memories.set(key, memory);
    return memory;
  }

  #tell(benchmark: Benchmark, { status, warning }: Decision): void {
    const { recorder, logger } = this.#options;
    if (status.phase !== benchmark.status?.phase) {
      const reason = warning?.reason ?? status.conditions?.find(({ type }) => type === 'Reconciling')?.reason;
      forObject(logger, benchmark).info(
        { phase: status.phase, reason, ...(warning ? { message: warning.message } : {}) },
        'benchmark phase',
      );
    }
    if (warning) recorder.record(benchmark, 'Warning', warning.reason, warning.message);
  }
}

function backendOf({ spec }: Benchmark): Backend['name'] {
  return spec.backend ?? 'Pods';
}

function wantsPlace({ benchmark, refused, pods, vanished, stopped, obstacle }: Observed): boolean {
  const { spec } = benchmark;
  const isWanted = !refused && !isOver(benchmark) && spec.suspend !== true && spec.cancel !== true;
  return isWanted && pods.length === 0 && vanished.length === 0 && !stopped && obstacle?.reason !== 'BackendMissing';
}

function isRemoved({ pods, earlier, claims, holders }: Observed): boolean {
  return pods.length + earlier.length + claims.length + holders.length === 0;
}

function replicasOf({ refused, roles }: Checked): ReadonlyMap<string, number> | undefined {
  return refused ? undefined : new Map(roles.map(({ name, replicas }) => [name, replicas]));
}

function recheck(times: (Instant | undefined)[], now: Instant): Recheck | undefined {
  const next = Math.min(...times.flatMap((time) => time ?? []));
  return Number.isFinite(next) ? { recheckAfter: Math.max(0, next - now) } : undefined;
}
