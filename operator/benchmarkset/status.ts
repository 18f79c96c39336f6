import { withConditions } from '../api/condition.ts';
import type { Condition, ConditionState } from '../api/condition.ts';
import type { BenchmarkSetStatus } from '../api/types.ts';
import { excerpt } from '../backends/excerpt.ts';
import type { Instant } from '../kube/clock.ts';
import { resultsName } from '../results/configmap.ts';
import { countCells, countMembers } from './count.ts';
import type { MemberCounts } from './count.ts';
import { estimatedFinish } from './estimate.ts';
import type { Ending, Observed } from './observe.ts';

const longestList = 10;
/** Characters of a message, which may quote what the user wrote: an API server refuses a status with one of more than 32,768. */
const longestMessage = 4000;

/** Nothing was started, and nothing will be until the specification changes. */
export function refusedStatus(seen: Observed, now: Instant): BenchmarkSetStatus {
  const { problems } = seen;
  const more = problems.length > longestList ? [`and ${problems.length - longestList} more`] : [];
  const message = [...problems.slice(0, longestList).map(({ path, message: text }) => `${path}: ${text}`), ...more].join('; ');
  const reason = problems.find((one) => one.reason)?.reason ?? 'InvalidSpec';
  return { ...base(seen, now, 'Failed', reason, message), summary: excerpt(`refused: ${message}`, longestMessage) };
}

/** Members run, or the last of them are being stopped for `ending`. */
export function runningStatus(seen: Observed, now: Instant, ending?: Ending): BenchmarkSetStatus {
  const counts = countMembers(seen);
  const { reason, message } = ending ?? { reason: 'Running', message: countText(counts) };
  const finish = estimatedFinish(seen, counts, now);
  return {
    ...base(seen, now, 'Running', reason, message),
    ...progress(seen, counts, now),
    ...(finish !== undefined && { estimatedFinish: finish }),
  };
}

/** Nothing can start yet; the message says what is waited for. */
export function waitingStatus(seen: Observed, now: Instant, message: string): BenchmarkSetStatus {
  return { ...base(seen, now, 'Pending', 'Waiting', message), ...progress(seen, countMembers(seen), now) };
}

export function suspendedStatus(seen: Observed, now: Instant): BenchmarkSetStatus {
  const message = 'suspended by spec.suspend; set it to false to go on';
  return { ...base(seen, now, 'Suspended', 'Suspended', message), ...progress(seen, countMembers(seen), now) };
}

/** The last word on a set: complete, or ended before its time by `ending`. Runs that never started count as cancelled. */
export function endedStatus(seen: Observed, now: Instant, ending?: Ending): BenchmarkSetStatus {
  const counted = countMembers(seen);
  const counts = { ...counted, pending: 0, cancelled: counted.cancelled + counted.pending };
  const done = progress(seen, counts, now);
  const { reason, message } = ending ?? { reason: 'Finished', message: done.summary };
  return {
    ...base(seen, now, finalPhase(ending), reason, message),
    ...done,
    finishedAt: new Date(now).toISOString(),
    summary: ending ? `${excerpt(message, longestMessage)}; ${done.summary}` : message,
    ...(isPublishable(seen) && { resultsRef: { kind: 'ConfigMap', name: resultsName(seen.set.metadata.name) } }),
  };
}

/** There is something to write, and nothing forbids it. */
export function isPublishable({ members, unpublishable }: Observed): boolean {
  return members.size > 0 && unpublishable === undefined;
}

type Phase = NonNullable<BenchmarkSetStatus['phase']>;

function finalPhase(ending: Ending | undefined): Phase {
  if (!ending) return 'Succeeded';
  return ending.reason === 'Cancelled' ? 'Cancelled' : 'Failed';
}

function base({ set, plan, problems }: Observed, now: Instant, phase: Phase, reason: string, message: string): BenchmarkSetStatus {
  const { generation = 0 } = set.metadata;
  const states = statesOf(phase, problems.length > 0, { reason, message: excerpt(message, longestMessage) });
  return {
    observedGeneration: generation,
    phase,
    seed: plan.seed,
    // A refused set may be mended, and asks for its nodes anew then.
    ...(set.status?.nodes && problems.length === 0 && { nodes: set.status.nodes }),
    conditions: withConditions(set.status?.conditions, states, generation, now),
  };
}

/** All conditions follow from the phase, so that they never contradict it or each other. */
function statesOf(phase: Phase, refused: boolean, { reason, message }: Pick<ConditionState, 'reason' | 'message'>) {
  const yes: ConditionState = { status: 'True', reason, message };
  const no: ConditionState = { status: 'False', reason, message: '' };
  return {
    Accepted: refused ? { status: 'False', reason, message } : { status: 'True', reason: 'Valid', message: 'the specification is sound' },
    Complete: phase === 'Succeeded' ? yes : no,
    Failed: phase === 'Failed' || phase === 'Cancelled' ? yes : no,
    Suspended: phase === 'Suspended' ? yes : no,
    Reconciling: phase === 'Pending' || phase === 'Running' ? yes : no,
    Stalled: phase === 'Failed' ? yes : no,
  } satisfies Partial<Record<Condition['type'], ConditionState>>;
}

function progress(seen: Observed, counts: MemberCounts, now: Instant): BenchmarkSetStatus & { summary: string } {
  const { total, succeeded, failed, cancelled } = counts;
  const cells = countCells(seen);
  return {
    startedAt: seen.set.status?.startedAt ?? new Date(now).toISOString(),
    members: counts,
    cells,
    progress: `${succeeded + failed + cancelled}/${total}`,
    summary: `${cells.decided} of ${cells.total} cells, ${countText(counts)}`,
  };
}

/** `40 of 48 runs, 2 failed` */
function countText({ total, succeeded, failed, cancelled }: MemberCounts): string {
  const bad = [failed > 0 ? `${failed} failed` : '', cancelled > 0 ? `${cancelled} cancelled` : ''].filter(Boolean);
  return [`${succeeded} of ${total} run${total === 1 ? '' : 's'}`, ...bad].join(', ');
}
