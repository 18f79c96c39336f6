import type { Metric } from '../../measure/metric.ts';
import type { ResultRecord } from '../../measure/record.ts';
import type { Attempt, Benchmark, BenchmarkSet, BenchmarkSetSpec, BenchmarkStatus } from '../api/types.ts';
import type { Report, RunOutcome } from './outcome.ts';

// Objects for tests: a case names only what it is about.

export const bandwidth = (value: number): Metric => ({ name: 'bandwidth', value, unit: 'bit/s', better: 'Higher' });

export function attempt(more: Partial<Attempt> = {}): Attempt {
  return { index: 0, outcome: 'Succeeded', pods: [{ name: 'nap-sleeper-0', role: 'sleeper', node: 'worker-1' }], ...more };
}

/** A run that succeeded, unless told otherwise. */
export function run(more: Partial<RunOutcome> = {}): RunOutcome {
  const { cell = 0, repetition = 0 } = more;
  return {
    name: `net-${cell}-${repetition}`,
    cell,
    repetition,
    warmup: false,
    state: 'Succeeded',
    metrics: [],
    warnings: [],
    attempts: [attempt()],
    nodes: ['worker-1'],
    ...more,
  };
}

export function failedRun(more: Partial<RunOutcome> = {}): RunOutcome {
  const failed = attempt({ outcome: 'Failed', reason: 'ToolFailed', message: 'iperf3: error' });
  return run({ state: 'Failed', attempts: [failed], ...more });
}

export function report(more: Partial<Report> = {}): Report {
  return {
    kind: 'BenchmarkSet',
    name: 'net',
    namespace: 'bench',
    uid: 'uid-1',
    phase: 'Succeeded',
    cells: [{ index: 0, coordinates: {}, spec: { sleep: { duration: '1s' } } }],
    runs: [],
    ...more,
  };
}

export function resultsOwner(spec: Partial<BenchmarkSetSpec> = {}): BenchmarkSet {
  return {
    apiVersion: 'assay.dev/v1alpha1',
    kind: 'BenchmarkSet',
    metadata: { name: 'net', namespace: 'bench', uid: 'uid-1' },
    spec: { template: { spec: {} }, ...spec },
  };
}

export function nap(status: BenchmarkStatus): Benchmark {
  return {
    apiVersion: 'assay.dev/v1alpha1',
    kind: 'Benchmark',
    metadata: { name: 'nap', namespace: 'bench', uid: 'uid-2' },
    spec: { sleep: { duration: '1s' } },
    status,
  };
}

export function record(more: Partial<ResultRecord> = {}): ResultRecord {
  return {
    version: 1,
    workload: 'sleep',
    role: 'sleeper',
    index: 0,
    outcome: 'Succeeded',
    metrics: [],
    series: [],
    warnings: [],
    tool: { argv: ['sleep', '1'], exitCode: 0, signal: null },
    ...more,
  };
}
