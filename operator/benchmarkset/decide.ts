import type { Reason } from '../../measure/reason.ts';
import type { BenchmarkSetStatus } from '../api/types.ts';
import type { Instant } from '../kube/clock.ts';
import { isOverBudget } from './budget.ts';
import { countMembers } from './count.ts';
import { active } from './observe.ts';
import type { Ending, Observed } from './observe.ts';
import type { PlannedRun } from './plan.ts';
import { endedStatus, isPublishable, refusedStatus, runningStatus, suspendedStatus, waitingStatus } from './status.ts';

export type Action =
  | { type: 'Create'; run: PlannedRun }
  | { type: 'Suspend'; member: string; suspend: boolean }
  | { type: 'Cancel'; member: string }
  /** Writes the results of all members that ended well. */
  | { type: 'Publish' };

export interface Decision {
  actions: Action[];
  /** The whole next status, to be written after the actions succeeded. */
  status: BenchmarkSetStatus;
  /** Look again then, even if no event comes; ms from now. */
  recheckAfter?: number;
}

type Policy = (seen: Observed, now: Instant) => Decision | undefined;

/** How long names may stay taken by an earlier set of the same name, ms. */
const leftoverLimit = 10 * 60_000;
const leftoverRecheck = 5_000;

/** What to do about one set, and its whole next status. Pure: same input, same output. */
export function decide(seen: Observed, now: Instant): Decision {
  for (const policy of policies) {
    const decision = policy(seen, now);
    if (decision) return decision;
  }
  return go(seen, now);
}

const finished: Policy = ({ set }) => {
  const { status } = set;
  if (status?.finishedAt === undefined) return undefined;
  return {
    actions: [],
    status: { ...status, ...(set.metadata.generation !== undefined && { observedGeneration: set.metadata.generation }) },
  };
};

const refused: Policy = (seen, now) => (seen.problems.length === 0 ? undefined : { actions: [], status: refusedStatus(seen, now) });

/** An ending once begun is carried through, even if its cause is gone meanwhile. */
const ending: Policy = (seen, now) => {
  const cause = begunEnding(seen) ?? cancelled(seen) ?? taken(seen, now) ?? seen.unpublishable ?? seen.refusal ?? overBudget(seen);
  if (!cause) return undefined;
  const left = active(seen);
  const actions: Action[] = left.filter(({ cancel }) => !cancel).map(({ name }) => ({ type: 'Cancel', member: name }));
  if (left.length > 0) return { actions, status: runningStatus(seen, now, cause) };
  return { actions: publish(seen), status: endedStatus(seen, now, cause) };
};

const complete: Policy = (seen, now) =>
  seen.missing.length === 0 && active(seen).length === 0 ? { actions: publish(seen), status: endedStatus(seen, now) } : undefined;

const suspended: Policy = (seen, now) =>
  seen.set.spec.suspend === true ? { actions: followSuspend(seen, true), status: suspendedStatus(seen, now) } : undefined;

const leftover: Policy = (seen, now) =>
  seen.leftovers.length > 0
    ? {
        actions: [],
        status: waitingStatus(seen, now, `waiting for ${listed(seen.leftovers)} of an earlier set of this name to be deleted`),
        recheckAfter: leftoverRecheck,
      }
    : undefined;

// Order matters: what has ended stays so, a refused set starts nothing, and the last result beats a suspension of the same second.
const policies: Policy[] = [finished, refused, ending, complete, suspended, leftover];

function publish(seen: Observed): Action[] {
  return isPublishable(seen) ? [{ type: 'Publish' }] : [];
}

/** Fills the free places with the next runs. A failed member has ended, so its place is free. */
function go(seen: Observed, now: Instant): Decision {
  const free = Math.max(0, (seen.set.spec.parallelism ?? 1) - active(seen).length);
  const creates = seen.missing.slice(0, free).map((run): Action => ({ type: 'Create', run }));
  return { actions: [...followSuspend(seen, false), ...creates], status: runningStatus(seen, now) };
}

/** Members follow the set: what a user set on one of them by hand is set back. */
function followSuspend(seen: Observed, suspend: boolean): Action[] {
  return active(seen)
    .filter((member) => member.suspend !== suspend)
    .map(({ name }) => ({ type: 'Suspend', member: name, suspend }));
}

const endings: ReadonlySet<string> = new Set<Reason>([
  'Cancelled',
  'NameConflict',
  'BudgetExceeded',
  'InvalidSpec',
  'NotAllowed',
  'QuotaExceeded',
]);

function begunEnding({ set }: Observed): Ending | undefined {
  const begun = set.status?.conditions?.find(
    ({ type, status, reason }) => type === 'Reconciling' && status === 'True' && endings.has(reason),
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return begun && { reason: begun.reason as Reason, message: begun.message };
}

function cancelled({ set }: Observed): Ending | undefined {
  return set.spec.cancel === true ? { reason: 'Cancelled', message: 'cancelled by spec.cancel' } : undefined;
}

function taken({ conflicts, leftovers, createdAt }: Observed, now: Instant): Ending | undefined {
  const overdue = now >= createdAt + leftoverLimit ? leftovers : [];
  const names = [...conflicts, ...overdue];
  if (names.length === 0) return undefined;
  return {
    reason: 'NameConflict',
    message: `${listed(names)} exist and belong to something else; delete them or give the set another name`,
  };
}

function overBudget(seen: Observed): Ending | undefined {
  const { failed, total } = countMembers(seen);
  const { failureBudget } = seen.set.spec;
  if (!isOverBudget(failureBudget, failed, total)) return undefined;
  return { reason: 'BudgetExceeded', message: `${failed} of ${total} members failed, more than failureBudget ${failureBudget} allows` };
}

/** `Benchmarks a, b, c and 4 more` */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return `Benchmark${names.length === 1 ? '' : 's'} ${shown}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
}
