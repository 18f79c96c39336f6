import type { PodState } from '../backends/backend.ts';
import type { Instant } from '../kube/clock.ts';
import { deleteHolders, deletePods, deletionsOf, holderOf } from './deletions.ts';
import { limitsOf } from './limits.ts';
import type { Action, Observed, Policy } from './observed.ts';
import { isLive, isMade } from './roles.ts';
import { isOver } from './status.ts';

/** How long a holder has to end its pods by its own rules, once the run is over, ms. */
const holderTime = 10_000;

/** After the end: pods that run on go at once, the others and the claims as spec.cleanup says. The status stays as it is. */
export const cleanup: Policy = (seen, now) => {
  const { metadata, status } = seen.benchmark;
  if (!status || !isOver(seen.benchmark)) return undefined;
  const kept = removalAt(seen);
  const isDue = kept !== undefined && kept <= now;
  const looks = [...(kept !== undefined && !isDue && hasRest(seen) ? [kept] : []), ...(isDue ? [] : heldUntil(seen, now))];
  return {
    actions: isDue ? removal(seen) : endings(seen, now),
    status: { ...status, observedGeneration: metadata.generation ?? 1 },
    urgent: true,
    ...(looks.length > 0 ? { recheckAt: Math.min(...looks) } : {}),
  };
};

/** All that runs have left. */
function removal(seen: Observed): Action[] {
  const alone = everyPod(seen).filter((pod) => isMade(pod) && !pod.deleting && !holderOf(pod, seen));
  const claims = seen.claims.filter(({ deleting }) => !deleting);
  return [
    ...deletePods(alone),
    ...deleteHolders(seen.holders),
    ...claims.map(({ name, uid }): Action => ({ type: 'DeleteClaim', name, uid })),
  ];
}

/** What still runs, or may come to; what has ended is kept. A pod that is ended makes its holder end the others. */
function endings(seen: Observed, now: Instant): Action[] {
  const live = everyPod(seen).filter((pod) => isLive(pod) && !pod.deleting);
  const due = live.filter((pod) => !holderOf(pod, seen) || endOf(seen) + holderTime <= now);
  return due.some((pod) => !isMade(pod)) ? deletionsOf(everyPod(seen), seen) : deletePods(due);
}

/** When a holder has had its time, if any of its pods still lives. */
function heldUntil(seen: Observed, now: Instant): Instant[] {
  const until = endOf(seen) + holderTime;
  return until > now && everyPod(seen).some((pod) => isLive(pod) && holderOf(pod, seen)) ? [until] : [];
}

function hasRest(seen: Observed): boolean {
  return seen.claims.length + seen.holders.length + everyPod(seen).length > 0;
}

function everyPod({ pods, earlier }: Observed): PodState[] {
  return [...pods, ...earlier];
}

/** When ended pods and claims are removed; undefined for never. */
function removalAt(seen: Observed): Instant | undefined {
  const { status, spec } = seen.benchmark;
  const wanted = spec.cleanup?.pods ?? 'Always';
  if (wanted === 'Never' || (wanted === 'OnSuccess' && status?.phase !== 'Succeeded')) return undefined;
  return endOf(seen) + limitsOf(spec).ttl;
}

function endOf({ benchmark }: Observed): Instant {
  const { conditions = [] } = benchmark.status ?? {};
  const end = conditions.find(({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True');
  return Date.parse(end?.lastTransitionTime ?? '') || 0;
}
