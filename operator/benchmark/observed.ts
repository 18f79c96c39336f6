import type { Reason } from '../../measure/reason.ts';
import type { ResultRecord } from '../../measure/record.ts';
import type { RolePlan } from '../../runners/workload.ts';
import type { Benchmark, BenchmarkStatus } from '../api/types.ts';
import type { Cause, HolderState, PodState } from '../backends/backend.ts';
import type { Instant } from '../kube/clock.ts';
import type { Resource } from '../kube/object.ts';
import type { Verdict } from './admission.ts';

/** All that a decision about one Benchmark rests on. Nothing else is looked at, so that a decision can be repeated in a test. */
export interface Observed {
  benchmark: Benchmark;
  createdAt: Instant;
  /** Name of the workload's block; undefined where there is none that is known. */
  workload?: string;
  /** Empty where the spec is refused. */
  roles: RolePlan[];
  /** The first of all that speaks against the spec, with all of it in the message. */
  refused?: Cause;
  /** All pods are made at once; those that need addresses are told them when they are known. */
  startsTogether: boolean;
  /** Index of the attempt that runs or comes next. */
  attempt: number;
  /** Pods of that attempt. */
  pods: PodState[];
  /** Pods of that attempt that were there and are gone. */
  vanished: { name: string; role: string }[];
  /** Pods of the attempts before. */
  earlier: PodState[];
  /** What holds the pods of any attempt, where they do not stand alone. */
  holders: HolderState[];
  /** Why what held the pods of that attempt holds them no longer: stopped by somebody else, or gone. */
  stopped?: Cause;
  /** Claims that runs of this benchmark made. */
  claims: { name: string; uid: string; deleting: boolean }[];
  /** Doubts about the figures that can be said before the run. */
  cautions: string[];
  /** By which the programs of the attempt's pods know each other; there when a role uses one. */
  token?: string;
  /** Whether other benchmarks hold nodes. */
  crowded: boolean;
  /** Whether the next attempt may start; asked only when it has no pods yet. */
  admission?: Verdict;
  /** Why the API server took the last pod, or the last word to one, not. */
  obstacle?: Obstacle;
  /** What reading the logs of pods brought, by UID; a log that was not read yet is not here. */
  logs: ReadonlyMap<string, LogReading>;
  /** Why the results cannot be published under their name. */
  unpublished?: string;
}

/** `final`: the same request would be refused again. `since`: first time in a row; `at`: last time. */
export interface Obstacle extends Cause {
  final: boolean;
  since: Instant;
  at: Instant;
}

export interface LogReading {
  /** Reads that got a log, or the word that there is none. */
  tries: number;
  at: Instant;
  /** Since when the log cannot be reached; absent where it could. */
  awaySince?: Instant;
  /** Why there is no sound record in it, so far. */
  fault?: Cause;
}

/** What is to be done. Carried out in this order, before the status is written. */
export type Action =
  | { type: 'CreateRoles'; roles: string[] }
  | { type: 'TellPeers'; name: string; uid: string; text: string }
  | { type: 'DeletePod' | 'DeleteClaim'; name: string; uid: string }
  | { type: 'DeleteHolder'; resource: Resource; name: string; uid: string }
  | { type: 'ReadLog'; pod: PodState }
  | { type: 'Publish'; name: string; status: BenchmarkStatus; records: ResultRecord[] };

export interface Decision {
  actions: Action[];
  /** The whole next status, to be written after the actions. */
  status: BenchmarkStatus;
  /** Write at once; a status that only tells progress may wait (see hold.ts). */
  urgent: boolean;
  /** Look again then, even if no event comes. */
  recheckAt?: Instant;
  /** To be told as a Warning, once the status is written. */
  warning?: { reason: Reason; message: string };
}

/** Decides, or leaves it to the policies after it. */
export type Policy = (seen: Observed, now: Instant) => Decision | undefined;
