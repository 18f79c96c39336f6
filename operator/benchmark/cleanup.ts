import type { Instant } from '../kube/clock.ts';
import { limitsOf } from './limits.ts';
import type { Action, Observed, Policy } from './observed.ts';
import { isLive } from './roles.ts';
import { isOver } from './status.ts';

/** After the end: pods that run on go at once, the others and the claims as spec.cleanup says. The status stays as it is. */
export const cleanup: Policy = (seen, now) => {
  const { metadata, status } = seen.benchmark;
  if (!status || !isOver(seen.benchmark)) return undefined;
  const due = removalAt(seen);
  const recheck = due !== undefined && due > now && hasRest(seen) ? { recheckAt: due } : {};
  return {
    actions: [...removedPods(seen, due !== undefined && due <= now), ...(due !== undefined && due <= now ? removedClaims(seen) : [])],
    status: { ...status, observedGeneration: metadata.generation ?? 1 },
    urgent: true,
    ...recheck,
  };
};

function removedPods(seen: Observed, all: boolean): Action[] {
  return everyPod(seen)
    .filter((pod) => !pod.deleting && (all || isLive(pod)))
    .map(({ name, uid }) => ({ type: 'DeletePod', name, uid }));
}

function removedClaims({ claims }: Observed): Action[] {
  return claims.filter(({ deleting }) => !deleting).map(({ name, uid }) => ({ type: 'DeleteClaim', name, uid }));
}

function hasRest(seen: Observed): boolean {
  return seen.claims.length > 0 || everyPod(seen).length > 0;
}

function everyPod({ pods, earlier }: Observed) {
  return [...pods, ...earlier];
}

/** When ended pods and claims are removed; undefined for never. */
function removalAt({ benchmark }: Observed): Instant | undefined {
  const { status, spec } = benchmark;
  const wanted = spec.cleanup?.pods ?? 'Always';
  if (wanted === 'Never' || (wanted === 'OnSuccess' && status?.phase !== 'Succeeded')) return undefined;
  const end = status?.conditions?.find(({ type, status: value }) => (type === 'Complete' || type === 'Failed') && value === 'True');
  return (Date.parse(end?.lastTransitionTime ?? '') || 0) + limitsOf(spec).ttl;
}
