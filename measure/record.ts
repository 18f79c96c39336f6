import type { Metric, Series } from './metric.ts';
import type { Reason } from './reason.ts';

/** RFC 3339 in UTC with microseconds, e.g. 2026-11-21T03:46:17.123456Z, taken inside the pod. */
export type Timestamp = string;

/** What one pod says about its part of a run: the payload of a result frame. */
export interface ResultRecord {
  version: 1;
  workload: string;
  role: string;
  /** Number of this replica within its role, from 0. */
  index: number;
  outcome: 'Succeeded' | 'Failed';
  reason?: Reason;
  message?: string;
  /** From the tool's start to its end. Absent when it never started. */
  window?: { startedAt: Timestamp; finishedAt: Timestamp };
  metrics: Metric[];
  series: Series[];
  warnings: string[];
  tool: { argv: string[]; version?: string; exitCode: number | null; signal: string | null };
  /** Raw output, kept as `results.output` says; head and tail when it is longer than the bound. */
  output?: { stdout: string; stderr: string; truncated: boolean };
}
