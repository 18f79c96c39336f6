import type { Recheck } from '../kube/controller.ts';
import { benchmarks, benchmarkSets, keyOf } from '../kube/object.ts';
import type { KubeObject, Resource } from '../kube/object.ts';
import { BenchmarkSetReconciler } from './reconciler.ts';
import type { BenchmarkSetDeps } from './reconciler.ts';

export type { BenchmarkSetDeps } from './reconciler.ts';

/** Which set to look at after an object changed, and after how many ms. */
export interface Wake {
  key: string;
  delay: number;
}

export interface BenchmarkSetController {
  name: string;
  /** What to watch, all of it without a label selector, and which set a change concerns. */
  watches: { resource: Resource; wake: (object: KubeObject) => Wake | undefined }[];
  reconcile: (key: string) => Promise<Recheck | undefined>;
}

/**
 * The controller of BenchmarkSets: give `reconcile` to a `Controller`, and enqueue what `wake` returns for every change of the
 * caches in `deps`.
 */
export function benchmarkSetController(deps: BenchmarkSetDeps): BenchmarkSetController {
  const reconciler = new BenchmarkSetReconciler(deps);
  return {
    name: 'benchmarkset',
    watches: [
      { resource: benchmarkSets, wake: (set) => ({ key: keyOf(set), delay: 0 }) },
      {
        resource: benchmarks,
        wake: (benchmark) => {
          const key = ownerKey(benchmark);
          return key === undefined ? undefined : { key, delay: Math.floor(reconciler.plannedRuns(key) / runsPerMillisecond) };
        },
      },
    ],
    reconcile: (key) => reconciler.reconcile(key),
  };
}

/** A pass looks at every member: of a large set it is made for many changes together, at most every 100 ms for 10,000 members. */
const runsPerMillisecond = 100;

/** Members are told by their owner, not by a label that anybody may change. */
function ownerKey({ metadata }: KubeObject): string | undefined {
  const owner = metadata.ownerReferences?.find(({ controller, kind }) => controller === true && kind === 'BenchmarkSet');
  if (owner === undefined) return undefined;
  const { namespace } = metadata;
  return keyOf({ metadata: { name: owner.name, ...(namespace !== undefined && { namespace }) } });
}
