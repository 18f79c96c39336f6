import type { PodState } from '../backends/backend.ts';
import type { Instant } from '../kube/clock.ts';
import type { Observed } from './observed.ts';

/** Reads of one pod's log before what it holds is taken for lost. */
export const logTries = 4;
/** How long a log that the cluster cannot reach is asked for, ms: a kubelet or a link may be away while the result lies on the node. */
export const logPatience = 60_000;
/** Between two of them, ms: the kubelet may publish an end before the message, and a runtime the log after both. */
const pause = 2000;

/** Whether a pod ended without a record and its log may still hold one. A pod that its node never started has no log. */
export function isUnread({ ended, startedAt, uid }: PodState, { logs }: Observed): boolean {
  if (!ended || ended.record || ended.frame === 'Corrupt' || startedAt === undefined) return false;
  if (ended.frame === 'Missing' && ended.reason !== 'ResultMissing' && ended.reason !== 'PodFailed') return false;
  const reading = logs.get(uid);
  if (reading?.awaySince !== undefined) return reading.at < reading.awaySince + logPatience;
  return (reading?.tries ?? 0) < logTries;
}

/** When the log may be read next. */
export function nextRead({ uid }: PodState, { logs }: Observed): Instant {
  const reading = logs.get(uid);
  return reading ? reading.at + pause : 0;
}

/** How far back to read: the frame's own lines first, more when that was not enough. */
export function tailOf({ ended }: PodState, tries: number): { tailLines: number; limitBytes: number } {
  const lines = Math.ceil((ended?.length ?? 0) / 8000) + 100;
  return tries === 0 ? { tailLines: lines, limitBytes: 16 * 1024 * 1024 } : { tailLines: lines * 100, limitBytes: 48 * 1024 * 1024 };
}
