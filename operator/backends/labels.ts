import type { Benchmark } from '../api/types.ts';

/** Labels of everything that a run makes. */
export const labels = {
  benchmark: 'assay.dev/benchmark',
  /** Tells benchmarks of one name apart: in other namespaces, or one after the other. */
  uid: 'assay.dev/benchmark-uid',
  role: 'assay.dev/role',
  index: 'assay.dev/index',
  attempt: 'assay.dev/attempt',
  /** What no other benchmark may share meanwhile; the admission queue reads it from the pods. */
  exclusive: 'assay.dev/exclusive',
  /** Role, attempt and benchmark in one value, for the rules of placement (neighbours.ts). */
  part: 'assay.dev/part',
  /** The same, but for benchmarks that want their nodes for themselves. */
  tenant: 'assay.dev/tenant',
} as const;

const inherited = ['assay.dev/set', 'assay.dev/cell', 'assay.dev/repetition', 'assay.dev/warmup'];

/** What all objects of an attempt have in common. */
export function attemptLabels({ metadata, spec }: Benchmark, attempt: number): Record<string, string> {
  const ofSet = inherited.flatMap((key) => {
    const value = metadata.labels?.[key];
    return value === undefined ? [] : [[key, value]];
  });
  return {
    ...Object.fromEntries(ofSet),
    'app.kubernetes.io/managed-by': 'assay',
    [labels.benchmark]: metadata.name,
    [labels.uid]: metadata.uid ?? '',
    [labels.attempt]: String(attempt),
    [labels.exclusive]: spec.placement?.exclusive ?? 'Node',
  };
}

/** The reference that makes the API server delete an object with its benchmark. */
export function ownerReferences({ apiVersion, kind, metadata }: Benchmark) {
  return [{ apiVersion, kind, name: metadata.name, uid: metadata.uid ?? '', controller: true, blockOwnerDeletion: true }];
}
