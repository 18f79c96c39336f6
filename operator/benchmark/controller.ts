import type { Benchmark } from '../api/types.ts';
import type { Pod } from '../backends/pod.ts';
import { hasEnded } from '../backends/pod.ts';
import { labels } from '../backends/labels.ts';
import type { EventAbout } from '../backends/pod-waiting.ts';
import type { Change } from '../kube/cache.ts';
import { Cache } from '../kube/cache.ts';
import type { Recheck } from '../kube/controller.ts';
import type { KubeObject } from '../kube/object.ts';
import { benchmarks, events, keyOf, persistentVolumeClaims, pods } from '../kube/object.ts';
import type { AddOnsOptions } from './add-ons.ts';
import { AddOns } from './add-ons.ts';
import { benchmarkIndexers, claimIndexers, eventIndexers, podIndexers } from './indexers.ts';
import { BenchmarkReconciler } from './reconciler.ts';
import type { BenchmarkCaches, BenchmarkReconcilerOptions } from './reconciler.ts';
import { isOver } from './status.ts';
import type { Watched } from './watched.ts';

/** Who may start is asked once for all changes of so many ms: it takes a look at every run, and a busy cluster changes all the time. */
const wakePause = 10;

/** All that the operator needs to run the reconciler of Benchmarks. */
export interface BenchmarkController {
  name: 'benchmark';
  watches: Watched[];
  reconcile: (key: string) => Promise<Recheck | undefined>;
  /** What is watched beside that, on demand. */
  addOns: AddOns;
  /** To be awaited before the first reconcile: a place may be held by something that is watched on demand. */
  prepare: () => Promise<void>;
  /** Starts to hand every change's keys to `enqueue`. @returns a function that ends it */
  connect: (enqueue: (key: string) => void) => () => void;
}

export type BenchmarkControllerOptions = Omit<BenchmarkReconcilerOptions, 'addOns'> & Pick<AddOnsOptions, 'namespaces' | 'watch'>;

/** Caches with the indexes that the reconciler needs. @param indexers of others who share the cache of benchmarks */
export function benchmarkCaches(indexers: Record<string, (benchmark: Benchmark) => string[]> = {}): BenchmarkCaches {
  return {
    benchmarks: new Cache<Benchmark>({ indexers: { ...indexers, ...benchmarkIndexers } }),
    pods: new Cache<Pod>({ indexers: podIndexers }),
    claims: new Cache<KubeObject>({ indexers: claimIndexers }),
    events: new Cache<EventAbout>({ indexers: eventIndexers }),
  };
}

/**
 * The reconciler with what it watches. A Benchmark is looked at when it changes, when a pod or claim with its label does, when a
 * Warning about its pod comes, and when a place in the admission queue may have become free for it.
 */
export function benchmarkController({ namespaces, watch, ...options }: BenchmarkControllerOptions): BenchmarkController {
  const { caches, clock } = options;
  const addOns = new AddOns({ ...options, watch, ...(namespaces ? { namespaces } : {}) });
  const reconciler = new BenchmarkReconciler({ ...options, addOns });
  return {
    addOns,
    prepare: async () => {
      const open = caches.benchmarks.index('open', '').map(({ spec }) => spec.backend ?? 'Pods');
      const opened = await Promise.allSettled([...new Set(open)].map((backend) => addOns.open(backend)));
      // Each of those benchmarks looks again by itself.
      for (const one of opened) if (one.status === 'rejected') options.logger.warn({ err: one.reason }, 'add-on not looked at');
    },
    name: 'benchmark',
    watches: [
      { resource: benchmarks, cache: anyKind(caches.benchmarks) },
      { resource: pods, cache: anyKind(caches.pods), labelSelector: labels.benchmark },
      { resource: persistentVolumeClaims, cache: anyKind(caches.claims), labelSelector: labels.benchmark },
      { resource: events, cache: anyKind(caches.events), fieldSelector: 'involvedObject.kind=Pod,type=Warning' },
    ],
    reconcile: (key) => reconciler.reconcile(key),
    connect: (enqueue) => {
      let cancelWake: (() => void) | undefined;
      const wake = () => {
        cancelWake ??= clock.after(wakePause, () => {
          cancelWake = undefined;
          for (const key of reconciler.queue.admissible()) enqueue(key);
        });
      };
      const ends = [
        caches.benchmarks.onChange((change) => {
          enqueue(keyOf(change.object));
          if (leavesQueue(change)) wake();
        }),
        caches.pods.onChange((change) => {
          enqueueOwner(change.object, enqueue);
          if (freesPlace(change)) wake();
        }),
        caches.claims.onChange(({ object }) => {
          enqueueOwner(object, enqueue);
        }),
        addOns.onChange((object) => {
          enqueueOwner(object, enqueue);
          wake();
        }),
        caches.events.onChange(({ type, object }) => {
          const pod = type === 'Deleted' ? undefined : podOf(object, caches.pods);
          if (pod) enqueueOwner(pod, enqueue);
        }),
      ];
      return () => {
        cancelWake?.();
        for (const end of ends) end();
      };
    },
  };
}

function enqueueOwner({ metadata }: KubeObject, enqueue: (key: string) => void): void {
  const name = metadata.labels?.[labels.benchmark];
  if (name !== undefined) enqueue(keyOf({ metadata: { ...metadata, name } }));
}

function podOf({ involvedObject }: EventAbout, cache: Cache<Pod>): Pod | undefined {
  const { namespace, name, uid } = involvedObject ?? {};
  const pod = name === undefined ? undefined : cache.get(keyOf({ metadata: { name, ...(namespace === undefined ? {} : { namespace }) } }));
  return pod?.metadata.uid === uid ? pod : undefined;
}

/** A pod that ends, goes, or gets its node: the last one ends the placing of its run. */
function freesPlace(change: Change<Pod>): boolean {
  if (change.type === 'Added') return change.object.spec.nodeName !== undefined;
  if (change.type === 'Deleted') return !hasEnded(change.previous);
  return hasEnded(change.object) !== hasEnded(change.previous) || change.object.spec.nodeName !== change.previous.spec.nodeName;
}

/** Those behind a benchmark that waits no longer, for whatever reason, come forward. */
function leavesQueue(change: Change<Benchmark>): boolean {
  if (change.type === 'Added') return false;
  if (change.type === 'Deleted') return !isOver(change.previous);
  return mayWait(change.previous) && !mayWait(change.object);
}

function mayWait(benchmark: Benchmark): boolean {
  const { spec } = benchmark;
  return !isOver(benchmark) && spec.suspend !== true && spec.cancel !== true;
}

/** A cache takes back only what it was filled with, which is what its reflector lists. */
function anyKind<T extends KubeObject>(cache: Cache<T>): Cache<KubeObject> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return cache as unknown as Cache<KubeObject>;
}
