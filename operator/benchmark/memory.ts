import type { ResultRecord } from '../../measure/record.ts';
import type { HolderState, PodState } from '../backends/backend.ts';
import type { Instant } from '../kube/clock.ts';
import type { LogReading, Obstacle } from './observed.ts';

/**
 * What is kept of one benchmark between two passes. All of it can be lost: the next operator asks the API server again, and at
 * worst a line of progress is written once more.
 */
export interface Memory {
  uid: string;
  /** When a status was written last. */
  writtenAt?: Instant;
  obstacle?: Obstacle;
  unpublished?: string;
  logs: Map<string, LogReading>;
  /** Results found in logs, by UID of the pod. */
  records: Map<string, ResultRecord>;
  /** Pods that were there, by name. */
  pods: Map<string, { uid: string; role: string; attempt: number }>;
  /** What held pods, by UID, as `net` of a message. */
  holders: Map<string, { name: string; attempt: number }>;
  /** Tokens of attempts whose pods do not show one yet, by index. */
  tokens: Map<number, string>;
  /** UIDs whose deletion was asked for; the cache may not know yet. */
  deleted: Set<string>;
}

export function newMemory(uid: string): Memory {
  return { uid, logs: new Map(), records: new Map(), pods: new Map(), holders: new Map(), tokens: new Map(), deleted: new Set() };
}

/** Keeps what is there, to notice when it is gone. What takes the name of a pod that was there is not that pod. */
export function remember(
  seen: { pods: readonly Pick<PodState, 'name' | 'uid' | 'role' | 'attempt'>[]; holders: readonly HolderState[] },
  memory: Pick<Memory, 'pods' | 'holders'>,
): void {
  for (const { name, uid, role, attempt } of seen.pods) if (!memory.pods.has(name)) memory.pods.set(name, { uid, role, attempt });
  for (const { resource, name, uid, attempt } of seen.holders) memory.holders.set(uid, { name: `${resource.kind} ${name}`, attempt });
}
