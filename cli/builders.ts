import type { Condition } from '../operator/api/condition.ts';
import type { Benchmark, BenchmarkSet, BenchmarkSetStatus, BenchmarkStatus } from '../operator/api/types.ts';
import type { ObjectMeta } from '../operator/kube/object.ts';

// Builders of test objects: a case names only what it is about.

type Members = NonNullable<BenchmarkSetStatus['members']>;

export const condition = (values: Partial<Condition>): Condition => ({
  type: 'Failed',
  status: 'True',
  reason: 'ToolMissing',
  message: 'iperf3 is not installed',
  observedGeneration: 1,
  lastTransitionTime: '2026-11-21T12:00:00Z',
  ...values,
});

/** With a status of its own generation. */
export const benchmark = (status?: BenchmarkStatus, metadata: Partial<ObjectMeta> = {}): Benchmark => ({
  apiVersion: 'assay.dev/v1alpha1',
  kind: 'Benchmark',
  metadata: { name: 'nap', generation: 1, ...metadata },
  spec: { sleep: { duration: '1s' } },
  ...(status && { status: { observedGeneration: 1, ...status } }),
});

/** With a status of its own generation. */
export const set = (status?: BenchmarkSetStatus, metadata: Partial<ObjectMeta> = {}): BenchmarkSet => ({
  apiVersion: 'assay.dev/v1alpha1',
  kind: 'BenchmarkSet',
  metadata: { name: 'net', generation: 1, ...metadata },
  spec: { template: { spec: { sleep: { duration: '1s' } } } },
  ...(status && { status: { observedGeneration: 1, ...status } }),
});

/** Of nine. */
export const members = (counts: Partial<Members>): Members => ({
  total: 9,
  pending: 0,
  running: 0,
  succeeded: 0,
  failed: 0,
  cancelled: 0,
  ...counts,
});
