import type { Cause, Ended, PodState } from '../backends/backend.ts';
import { addressMissing } from './address.ts';
import type { Observed } from './observed.ts';
import { isUnread } from './logs.ts';
import { endingPods } from './roles.ts';

interface Fault extends Cause {
  /** Milliseconds since 1970; the earliest fault is the cause of the others. */
  at: number;
  /** What rather follows from another fault than is the cause of it. */
  follows?: boolean;
}

/**
 * How much earlier than it was asked for a deletion counts, ms: peers notice it within a second, times are whole seconds, and the
 * clock of a peer's node may be behind that of the API server.
 */
const skew = 5000;

/**
 * What went wrong with the pods of the current attempt, the cause of all first. Ends that may still turn out well, because a log
 * is to be read, are not among it.
 */
export function faultOf(seen: Observed): Cause | undefined {
  const ending = new Set(seen.roles.filter(({ ends }) => ends).map(({ name }) => name));
  // Once all that measure have ended well, whatever becomes of the others says nothing about the figures.
  const matters = ({ role }: { role: string }) => ending.has(role) || !haveEndedWell(seen);
  const faults = [
    ...seen.pods.filter(matters).flatMap((pod) => ofPod(pod, ending.has(pod.role), seen)),
    ...seen.vanished.flatMap((pod): Fault[] =>
      matters(pod) ? [{ ...deletedByOthers(pod.name), at: Infinity, follows: isHeld(seen) }] : [],
    ),
    ...(seen.stopped && !haveEndedWell(seen) ? [{ ...seen.stopped, at: Infinity, follows: true }] : []),
  ];
  // A pod whose log is still to be read may yet tell what the others follow from.
  const isSaid = ({ follows = false }: Fault) => !follows || !seen.pods.some((pod) => isUnread(pod, seen));
  const [first] = faults.filter(isSaid).toSorted((a, b) => rank(a) - rank(b) || compare(a.at, b.at));
  return first && { reason: first.reason, message: first.message };
}

/** A client that did not reach its server tells what followed, not what happened. */
function rank({ reason, follows = false }: Fault): number {
  return follows ? 2 : Number(reason === 'PeerUnreachable');
}

function haveEndedWell(seen: Observed): boolean {
  const pods = endingPods(seen);
  const expected = seen.roles.reduce((sum, { ends, replicas }) => sum + (ends ? replicas : 0), 0);
  return expected > 0 && pods.filter(({ ended }) => ended?.exitCode === 0).length >= expected;
}

function ofPod(pod: PodState, ends: boolean, seen: Observed): Fault[] {
  if (pod.ended) return isUnread(pod, seen) ? [] : ofEnded(pod, pod.ended, ends, seen);
  const taken = takenAway(pod, seen);
  if (taken) return [taken];
  const { waiting, createdAt } = pod;
  const missing = addressMissing(pod, seen.benchmark);
  if (missing) return [{ ...missing, at: createdAt }];
  return waiting?.final === true ? [{ reason: finalReason(waiting.reason), message: waiting.message, at: createdAt }] : [];
}

function ofEnded(pod: PodState, { record, reason, message }: Ended, ends: boolean, seen: Observed): Fault[] {
  const at = pod.finishedAt ?? Infinity;
  if (!record) return [{ ...withLog({ reason, message }, seen.logs.get(pod.uid)?.fault), at }];
  if (record.outcome === 'Succeeded' && ends) return [];
  // An agent that was told to stop, or a server that stopped, does not know who wanted it.
  const untold = record.outcome === 'Succeeded' || record.reason === 'Interrupted';
  const taken = untold ? takenAway(pod, seen) : undefined;
  if (taken) return [{ ...taken, at: Math.min(at, taken.at) }];
  if (record.outcome === 'Failed') return [{ reason, message: `${pod.name}: ${message}`, at }];
  return [{ reason: 'PodFailed', message: `${pod.name} (${pod.role}) ended before the run did`, at }];
}

/** Who ended or ends the pod from outside. */
function takenAway({ name, holder, disruption, deleting, deletedAt = Infinity }: PodState, { stopped }: Observed): Fault | undefined {
  const at = deletedAt - skew;
  if (disruption) return { reason: disruption.reason, message: `${name}: ${disruption.message}`, at };
  if (!deleting) return undefined;
  if (holder === undefined) return { ...deletedByOthers(name), at };
  // A holder deletes its pods because of another one's fault, if there is one, or because it was evicted itself.
  return stopped?.reason === 'PodEvicted' ? { ...stopped, at } : { ...deletedByOthers(name), at, follows: true };
}

function isHeld({ attempt, holders }: Observed): boolean {
  return holders.some((holder) => holder.attempt === attempt);
}

function deletedByOthers(name: string): Cause {
  return { reason: 'PodDeleted', message: `pod ${name} was deleted by somebody else while the benchmark needed it` };
}

/** How the container ended stays the cause when its log says no more; what is unsound in the log is a cause of its own. */
function withLog({ reason, message }: Cause, log: Cause | undefined): Cause {
  if (!log) return { reason, message };
  return { reason: log.reason === 'ResultMissing' ? reason : log.reason, message: `${message}; ${log.message}` };
}

function finalReason(reason: NonNullable<PodState['waiting']>['reason']): Cause['reason'] {
  return reason === 'ImagePullFailed' || reason === 'NotAllowed' ? reason : 'ConfigError';
}

/** Infinity less Infinity is no number. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
