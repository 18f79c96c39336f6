import type { HolderState, PodState } from '../backends/backend.ts';
import type { Action, Observed } from './observed.ts';
import { isLive, isMade } from './roles.ts';

/** What holds a pod; undefined for one that stands alone. */
export function holderOf({ holder }: PodState, { holders }: Pick<Observed, 'holders'>): HolderState | undefined {
  return holders.find(({ uid }) => uid === holder);
}

/** Ends what of these pods still lives: those that stand alone one by one, the others with all that their holder holds. */
export function deletionsOf(pods: readonly PodState[], seen: Pick<Observed, 'holders'>): Action[] {
  const live = pods.filter(isLive);
  const holders = new Set(live.flatMap((pod) => holderOf(pod, seen) ?? []));
  const alone = live.filter((pod) => isMade(pod) && !pod.deleting && !holderOf(pod, seen));
  return [...deletePods(alone), ...deleteHolders([...holders])];
}

export function deletePods(pods: readonly PodState[]): Action[] {
  return pods.map(({ name, uid }) => ({ type: 'DeletePod', name, uid }));
}

export function deleteHolders(holders: readonly HolderState[]): Action[] {
  return holders.filter(({ deleting }) => !deleting).map(({ resource, name, uid }) => ({ type: 'DeleteHolder', resource, name, uid }));
}
