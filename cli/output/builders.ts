import type { CellSummary, MetricSummary, ReportSummary, RunCounts } from '../../operator/results/summary.ts';

// Builders of test objects: a case names only what it is about.

const counts: RunCounts = { planned: 3, counted: 3, warmup: 0, failed: 0, cancelled: 0, retried: 0 };

export const metricSummary = (values: Partial<MetricSummary> = {}): MetricSummary => ({
  unit: 'bit/s',
  better: 'Higher',
  n: 3,
  median: 2e9,
  mean: 2.1e9,
  stdev: 1e8,
  min: 1.9e9,
  max: 2.4e9,
  ...values,
});

export const cellSummary = (values: Partial<CellSummary> = {}): CellSummary => ({
  index: 0,
  coordinates: {},
  workload: 'iperf',
  spec: { iperf: {} },
  runs: counts,
  metrics: { bandwidth: metricSummary() },
  warnings: [],
  failures: [],
  ...values,
});

export const reportSummary = (values: Partial<ReportSummary> = {}): ReportSummary => ({
  version: 1,
  kind: 'BenchmarkSet',
  name: 'net',
  phase: 'Succeeded',
  environment: {},
  runs: counts,
  cells: [cellSummary()],
  ...values,
});
