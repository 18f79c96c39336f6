import type { ResultRecord } from '../../measure/record.ts';
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
  pods: Map<string, { role: string; attempt: number }>;
  /** Tokens of attempts whose pods do not show one yet, by index. */
  tokens: Map<number, string>;
  /** UIDs whose deletion was asked for; the cache may not know yet. */
  deleted: Set<string>;
}

export function newMemory(uid: string): Memory {
  return { uid, logs: new Map(), records: new Map(), pods: new Map(), tokens: new Map(), deleted: new Set() };
}
