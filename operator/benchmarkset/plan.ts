import type { Problem } from '../../runners/workload.ts';
import type { Benchmark, BenchmarkSet } from '../api/types.ts';

import type { KubeObject } from '../kube/object.ts';
import { expand } from './expand.ts';
import type { Cell } from './expand.ts';
import { memberLabels, memberName, nameWidths } from './names.ts';
import type { NameWidths } from './names.ts';
import { runOrder } from './order.ts';
import type { Run } from './order.ts';
import { seedOf } from './random.ts';

export interface PlannedRun extends Run {
  /** Name of the member. */
  name: string;
}

/** Everything that a set's specification settles before the first member: what runs, under which names, in which order. */
export interface Plan {
  cells: Cell[];
  /** In the order in which they start. */
  runs: PlannedRun[];
  widths: NameWidths;
  seed: number;
  problems: Problem[];
}

/** The plan of a set; pure. Without `spec.seed` the seed comes from the set's uid. */
export function planOf(set: BenchmarkSet): Plan {
  const { repetitions = 1, warmup = 0, order = 'Interleaved' } = set.spec;
  const seed = set.spec.seed ?? seedOf(set.metadata.uid ?? set.metadata.name);
  const { cells, problems } = expand(set);
  const widths = nameWidths(cells.length, repetitions + warmup);
  const runs = runOrder({ cells: cells.length, repetitions, warmup, order, seed });
  const named = runs.map(({ cell, repetition, warmup: uncounted }) => ({
    name: memberName(set.metadata.name, { cell, repetition }, widths),
    cell,
    repetition,
    warmup: uncounted,
  }));
  return { cells, runs: named, widths, seed, problems };
}

/** The member of a planned run, ready to be created. */
export function memberOf(set: BenchmarkSet, plan: Plan, run: PlannedRun): Benchmark & KubeObject {
  const { name, namespace, uid } = set.metadata;
  const { metadata } = set.spec.template;
  const apiVersion = 'assay.dev/v1alpha1';
  return {
    apiVersion,
    kind: 'Benchmark',
    metadata: {
      name: run.name,
      ...(namespace !== undefined && { namespace }),
      labels: { ...metadata?.labels, ...memberLabels(name, run, plan.widths) },
      ...(metadata?.annotations && { annotations: metadata.annotations }),
      ownerReferences: [{ apiVersion, kind: 'BenchmarkSet', name, uid: uid ?? '', controller: true, blockOwnerDeletion: true }],
    },
    spec: plan.cells[run.cell]?.spec ?? {},
  };
}
