import type { Metric } from '../../measure/metric.ts';
import type { Attempt, Benchmark, BenchmarkSpec } from '../api/types.ts';

/** How one run ended, as its Benchmark says it. */
export interface RunOutcome {
  /** Name of the Benchmark. */
  name: string;
  /** Index of its cell. */
  cell: number;
  repetition: number;
  warmup: boolean;
  state: 'Succeeded' | 'Failed' | 'Cancelled' | 'Unfinished';
  /** Of the attempt that succeeded; empty otherwise: figures of a failed attempt are never counted. */
  metrics: Metric[];
  warnings: string[];
  window?: { startedAt: string; finishedAt: string };
  attempts: Attempt[];
  /** Where the pods of the last attempt ran, sorted. */
  nodes: string[];
}

/** What a report is made of: the cells of a set, or the only one of a lone Benchmark, and their runs. */
export interface Report {
  kind: 'Benchmark' | 'BenchmarkSet';
  name: string;
  namespace?: string;
  uid?: string;
  phase?: string;
  message?: string;
  startedAt?: string;
  finishedAt?: string;
  /** How a set was run. */
  design?: { repetitions: number; warmup: number; order: string; seed: number; parallelism: number };
  /** The two paths that hold the nodes of a sweep over pairs of nodes, the rows of its tables first. */
  pairs?: [rows: string, columns: string];
  cells: ReportCell[];
  /** In the order of cells and repetitions. */
  runs: RunOutcome[];
}

export interface ReportCell {
  index: number;
  coordinates: Record<string, unknown>;
  spec: BenchmarkSpec;
}

/** @param place where the run belongs; a lone Benchmark is the only run of its only cell */
export function outcomeOf(
  { metadata, status }: Benchmark,
  place: Pick<RunOutcome, 'cell' | 'repetition' | 'warmup'> = { cell: 0, repetition: 0, warmup: false },
): RunOutcome {
  const phase = status?.phase;
  const attempts = status?.attempts ?? [];
  const state = phase === 'Succeeded' || phase === 'Failed' || phase === 'Cancelled' ? phase : 'Unfinished';
  const succeeded = state === 'Succeeded';
  return {
    name: metadata.name,
    ...place,
    state,
    metrics: succeeded ? (status?.metrics ?? []) : [],
    warnings: succeeded ? (status?.warnings ?? []) : [],
    ...(succeeded && status?.window && { window: status.window }),
    attempts,
    nodes: [...new Set(attempts.at(-1)?.pods.flatMap(({ node }) => (node === undefined ? [] : [node])))].toSorted(),
  };
}

/** Whether a run's figures enter the statistics: it ended well, and not as a warm-up. */
export function isCounted({ state, warmup }: RunOutcome): boolean {
  return state === 'Succeeded' && !warmup;
}

/** Attempts that failed before the last one; those that a suspension ended are no failures. */
export function retriesOf({ attempts }: RunOutcome): number {
  return attempts.slice(0, -1).filter(({ outcome }) => outcome === 'Failed').length;
}
