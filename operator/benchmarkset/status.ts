import { withConditions } from '../api/condition.ts';
import type { Condition, ConditionState } from '../api/condition.ts';
import type { BenchmarkSetStatus } from '../api/types.ts';
import type { Instant } from '../kube/clock.ts';
import { resultsName } from '../results/configmap.ts';
import { countCells, countMembers } from './count.ts';
import type { MemberCounts } from './count.ts';
import { estimatedFinish } from './estimate.ts';
import type { Ending, Observed } from './observe.ts';

type Conditions = Partial<Record<Condition['type'], ConditionState>>;

const longestList = 10;

/** Nothing was started, and nothing will be until the specification changes. */
export function refusedStatus(seen: Observed, now: Instant): BenchmarkSetStatus {
  const { problems } = seen;
  const more = problems.length > longestList ? [`and ${problems.length - longestList} more`] : [];
  const message = [...problems.slice(0, longestList).map(({ path, message: text }) => `${path}: ${text}`), ...more].join('; ');
  const state = { status: 'True', reason: 'InvalidSpec', message } as const;
  const conditions: Conditions = {
    Accepted: { ...state, status: 'False' },
    Failed: state,
    Stalled: state,
    Reconciling: { status: 'False', reason: 'InvalidSpec', message: 'nothing was started' },
  };
  return { ...base(seen), phase: 'Failed', summary: `refused: ${message}`, conditions: conditionsOf(seen, conditions, now) };
}

/** Members run, or the last of them are being stopped for `ending`. */
export function runningStatus(seen: Observed, now: Instant, ending?: Ending): BenchmarkSetStatus {
  const counts = countMembers(seen);
  const reconciling = ending ? { ...ending } : { reason: 'Running', message: progressOf(counts) };
  return {
    ...progress(seen, counts, now),
    phase: 'Running',
    conditions: conditionsOf(seen, { ...accepted(seen), ...resumed(seen), Reconciling: { status: 'True', ...reconciling } }, now),
  };
}

/** Nothing can start yet; the message says what is waited for. */
export function waitingStatus(seen: Observed, now: Instant, message: string): BenchmarkSetStatus {
  return {
    ...progress(seen, countMembers(seen), now),
    phase: 'Pending',
    conditions: conditionsOf(seen, { ...accepted(seen), Reconciling: { status: 'True', reason: 'Waiting', message } }, now),
  };
}

export function suspendedStatus(seen: Observed, now: Instant): BenchmarkSetStatus {
  const { estimatedFinish: _, ...rest } = progress(seen, countMembers(seen), now);
  const state = { status: 'True', reason: 'Suspended', message: 'suspended by spec.suspend; set it to false to go on' } as const;
  const conditions: Conditions = { ...accepted(seen), Suspended: state, Reconciling: { ...state, status: 'False' } };
  return { ...rest, phase: 'Suspended', conditions: conditionsOf(seen, conditions, now) };
}

/** The last word on a set: complete, or ended before its time by `ending`. Runs that never started count as cancelled. */
export function endedStatus(seen: Observed, now: Instant, ending?: Ending): BenchmarkSetStatus {
  const counted = countMembers(seen);
  const counts = { ...counted, pending: 0, cancelled: counted.cancelled + counted.pending };
  const { estimatedFinish: _, ...rest } = progress(seen, counts, now);
  const summary = ending ? `${ending.message}; ${rest.summary}` : rest.summary;
  const message = summary ?? '';
  const reason = ending?.reason ?? 'Finished';
  const verdict: Conditions = ending
    ? { Failed: { status: 'True', reason, message: ending.message } }
    : { Complete: { status: 'True', reason, message } };
  const settled = { status: 'False', reason, message: '' } as const;
  const cancelled = ending?.reason === 'Cancelled' ? 'Cancelled' : 'Failed';
  return {
    ...rest,
    phase: ending ? cancelled : 'Succeeded',
    finishedAt: new Date(now).toISOString(),
    summary: message,
    ...(isPublishable(seen) && { resultsRef: { kind: 'ConfigMap', name: resultsName(seen.set.metadata.name) } }),
    conditions: conditionsOf(seen, { ...accepted(seen), ...resumed(seen), Reconciling: settled, ...verdict }, now),
  };
}

/** There is something to write, and its name is free. */
export function isPublishable({ members, resultsTaken }: Observed): boolean {
  return members.size > 0 && resultsTaken === undefined;
}

function base({ set, plan }: Observed): BenchmarkSetStatus {
  const { generation } = set.metadata;
  return { ...(generation !== undefined && { observedGeneration: generation }), seed: plan.seed };
}

function progress(seen: Observed, counts: MemberCounts, now: Instant): BenchmarkSetStatus {
  const { status } = seen.set;
  const done = counts.succeeded + counts.failed + counts.cancelled;
  const cells = countCells(seen);
  const finish = estimatedFinish(seen, counts, now);
  return {
    ...base(seen),
    startedAt: status?.startedAt ?? new Date(now).toISOString(),
    ...(finish !== undefined && { estimatedFinish: finish }),
    members: counts,
    cells,
    progress: `${done}/${counts.total}`,
    summary: `${cells.decided} of ${cells.total} cells, ${progressOf(counts)}`,
  };
}

/** `40 of 48 runs, 2 failed` */
function progressOf({ total, succeeded, failed, cancelled }: MemberCounts): string {
  const bad = [failed > 0 ? `${failed} failed` : '', cancelled > 0 ? `${cancelled} cancelled` : ''].filter(Boolean);
  return [`${succeeded} of ${total} run${total === 1 ? '' : 's'}`, ...bad].join(', ');
}

function accepted(seen: Observed): Conditions {
  const { cells, runs } = seen.plan;
  const message = `${cells.length} cells, ${runs.length} runs`;
  return { Accepted: { status: 'True', reason: 'Valid', message }, ...cleared(seen, ['Failed', 'Stalled'], 'Valid') };
}

function resumed(seen: Observed): Conditions {
  return cleared(seen, ['Suspended'], 'Resumed');
}

/** Conditions that once were true become false; those that never were do not appear. */
function cleared({ set }: Observed, types: readonly Condition['type'][], reason: string): Conditions {
  const present = types.filter((type) => set.status?.conditions?.some((condition) => condition.type === type) === true);
  return Object.fromEntries(present.map((type) => [type, { status: 'False', reason, message: '' } as const]));
}

function conditionsOf({ set }: Observed, wanted: Conditions, now: Instant): Condition[] {
  return withConditions(set.status?.conditions, wanted, set.metadata.generation ?? 0, now);
}
