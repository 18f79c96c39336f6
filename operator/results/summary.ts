import type { Better, Metric } from '../../measure/metric.ts';
import { summarize } from '../../measure/statistics.ts';
import type { Summary } from '../../measure/statistics.ts';
import type { Unit } from '../../measure/unit.ts';
import { workloadOf } from '../../runners/registry.ts';
import type { BenchmarkSpec } from '../api/types.ts';
import { isCounted, retriesOf } from './outcome.ts';
import type { Report, ReportCell, RunOutcome } from './outcome.ts';

export interface MetricSummary extends Summary {
  unit: Unit;
  better: Better;
}

export interface RunCounts {
  planned: number;
  /** Ended well and not as a warm-up: the n of the statistics. */
  counted: number;
  warmup: number;
  failed: number;
  /** Ended before their time, or never started. */
  cancelled: number;
  /** Counted runs that needed more than one attempt. */
  retried: number;
}

export interface FailedRun {
  name: string;
  reason: string;
  message: string;
  attempts: number;
}

export interface CellSummary {
  index: number;
  coordinates: Record<string, unknown>;
  workload?: string;
  spec: BenchmarkSpec;
  runs: RunCounts;
  /** By name, the headline first. */
  metrics: Record<string, MetricSummary>;
  warnings: string[];
  failures: FailedRun[];
}

/** Contents of summary.json; its schema is docs/schema/summary.schema.json. */
export interface ReportSummary extends Omit<Report, 'cells' | 'runs'> {
  version: 1;
  environment: Environment;
  runs: RunCounts;
  cells: CellSummary[];
}

/** Under what the figures came about, as far as the operator knows it. */
export interface Environment {
  /** Version of Assay. */
  assay?: string;
  /** Version of the cluster. */
  kubernetes?: string;
  /** Nodes that ran a counted run, sorted. */
  nodes?: string[];
  tools?: { role: string; argv: string[]; version?: string }[];
}

/** The figures of a report by cell. Pure: the same report gives the same summary. */
export function summaryOf(report: Report, environment: Environment = {}): ReportSummary {
  const { cells, runs, ...rest } = report;
  const byCell = Map.groupBy(runs, ({ cell }) => cell);
  const nodes = [...new Set(runs.filter(isCounted).flatMap((run) => run.nodes))].toSorted();
  return {
    version: 1,
    ...rest,
    environment: { ...environment, nodes },
    runs: countRuns(runs),
    cells: cells.map((cell) => cellSummary(cell, byCell.get(cell.index) ?? [])),
  };
}

function cellSummary({ index, coordinates, spec }: ReportCell, runs: readonly RunOutcome[]): CellSummary {
  const chosen = workloadOf(spec);
  const counted = runs.filter(isCounted);
  const counts = countRuns(runs);
  return {
    index,
    coordinates,
    ...(chosen && { workload: chosen.workload.name }),
    spec,
    runs: counts,
    metrics: metricSummaries(counted, chosen?.workload.headline(chosen.parameters)),
    warnings: [...shortfall(counts), ...repeated(counted.map(({ warnings }) => warnings))],
    failures: runs.filter(({ state }) => state === 'Failed').map(failureOf),
  };
}

function metricSummaries(runs: readonly RunOutcome[], headline: string | undefined): Record<string, MetricSummary> {
  const byName = Map.groupBy(
    runs.flatMap(({ metrics }) => metrics),
    ({ name }) => name,
  );
  const first = (name: string) => (name === headline ? 0 : 1);
  const names = [...byName.keys()].toSorted((a, b) => first(a) - first(b));
  return Object.fromEntries(names.flatMap((name) => withStatistics(name, byName.get(name) ?? [])));
}

function withStatistics(name: string, metrics: readonly Metric[]): [string, MetricSummary][] {
  const summary = summarize(metrics.map(({ value }) => value));
  const [first] = metrics;
  return summary && first ? [[name, { unit: first.unit, better: first.better, ...summary }]] : [];
}

function countRuns(runs: readonly RunOutcome[]): RunCounts {
  const counted = runs.filter(isCounted);
  const number = (test: (run: RunOutcome) => boolean) => runs.filter(test).length;
  return {
    planned: number(({ warmup }) => !warmup),
    counted: counted.length,
    warmup: number(({ warmup }) => warmup),
    failed: number(({ state }) => state === 'Failed'),
    cancelled: number(({ state }) => state === 'Cancelled' || state === 'Unfinished'),
    retried: counted.filter((run) => retriesOf(run) > 0).length,
  };
}

/** Fewer samples than planned must show beside the figures, not only in a count. */
function shortfall({ planned, counted, retried }: RunCounts): string[] {
  return [
    ...(counted < planned ? [`only ${counted} of ${planned} runs gave a result`] : []),
    ...(retried > 0 ? [`${retried} of ${counted} runs needed more than one attempt; only the last attempt of each is counted`] : []),
  ];
}

/** Each text once, with the number of runs that said it. */
function repeated(warnings: readonly string[][]): string[] {
  const runs = Map.groupBy(
    warnings.flatMap((texts) => [...new Set(texts)]),
    (text) => text,
  );
  return [...runs].map(([text, said]) => (said.length > 1 ? `${text} (${said.length} runs)` : text));
}

function failureOf({ name, attempts }: RunOutcome): FailedRun {
  const last = attempts.at(-1);
  return { name, reason: last?.reason ?? 'Unknown', message: last?.message ?? '', attempts: attempts.length };
}
