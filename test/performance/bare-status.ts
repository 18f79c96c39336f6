import type { ResultRecord } from '../../measure/record.ts';
import { withConditions } from '../../operator/api/condition.ts';
import type { Attempt, Benchmark, BenchmarkStatus } from '../../operator/api/types.ts';
import { labels } from '../../operator/backends/labels.ts';
import type { Pod } from '../../operator/backends/pod.ts';

/** The status of a member whose pods run, with all that the operator's has. */
export function runningStatus(benchmark: Benchmark, workload: string, pods: readonly Pod[]): BenchmarkStatus {
  const state = { status: 'True', reason: 'Running', message: `${pods.length} pods on their nodes` } as const;
  return { phase: 'Running', workload, conditions: conditions(benchmark, 'Reconciling', state), attempts: [attempt(pods)] };
}

/** The status of a member that ended well. */
export function finalStatus(
  benchmark: Benchmark,
  workload: string,
  pods: readonly Pod[],
  metrics: ResultRecord['metrics'],
): BenchmarkStatus {
  const state = { status: 'True', reason: 'Succeeded', message: 'all pods that measure left a verified result' } as const;
  const now = new Date().toISOString();
  return {
    phase: 'Succeeded',
    workload,
    conditions: conditions(benchmark, 'Complete', state),
    attempts: [{ ...attempt(pods), outcome: 'Succeeded', finishedAt: now }],
    metrics,
    summary: '1 s',
    window: { startedAt: now, finishedAt: now },
  };
}

const types = ['Accepted', 'Complete', 'Failed', 'Suspended', 'Reconciling', 'Stalled'] as const;

type Type = (typeof types)[number];

function conditions({ metadata, status }: Benchmark, yes: Type, state: { status: 'True'; reason: string; message: string }) {
  const no = { ...state, status: 'False', message: '' } as const;
  const wanted = Object.fromEntries(types.map((type) => [type, type === yes || type === 'Accepted' ? state : no]));
  return withConditions(status?.conditions, wanted, metadata.generation ?? 1, Date.now());
}

function attempt(pods: readonly Pod[]): Attempt {
  return { index: 0, startedAt: pods[0]?.metadata.creationTimestamp ?? new Date().toISOString(), pods: pods.map(entry) };
}

function entry({ metadata, spec, status }: Pod): Attempt['pods'][number] {
  return {
    name: metadata.name,
    role: metadata.labels?.[labels.role] ?? '',
    ...(spec.nodeName !== undefined && { node: spec.nodeName }),
    ...(status?.podIP !== undefined && { ip: status.podIP }),
  };
}
