import type { Benchmark } from '../api/types.ts';
import type { KubeObject, Resource } from '../kube/object.ts';
import type { ResultRecord } from '../../measure/record.ts';
import type { RolePlan } from '../../runners/workload.ts';

/** What a backend saw of one pod of a run, in terms that no backend owns. */
export interface PodState {
  name: string;
  uid: string;
  role: string;
  index: number;
  attempt: number;
  node?: string;
  ip?: string;
  phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  /** Being deleted. */
  deleting: boolean;
  /** Milliseconds since 1970. */
  createdAt: number;
  startedAt?: number;
  finishedAt?: number;
  /** Why it does not run yet, from conditions, container states and events: a Reason, the words of who said it. */
  waiting?: { reason: string; message: string };
  /** How its container ended. `record` is the verified result; `frame` says why there is none. */
  ended?: {
    exitCode: number | null;
    reason: string;
    message: string;
    record?: ResultRecord;
    /** inLog: the record is too large for the termination message and stands at the end of the log. */
    frame: 'Verified' | 'InLog' | 'Missing' | 'Corrupt';
  };
}

/** One attempt of one benchmark to be turned into objects. `peers` are addresses by role, as far as known. */
export interface Run {
  benchmark: Benchmark;
  attempt: number;
  roles: RolePlan[];
  peers: Record<string, string[]>;
}

/** Turns plans into objects and objects into what happened. Pure but for the random frame keys. */
export interface Backend {
  readonly name: 'Pods' | 'Volcano' | 'JobSet';
  /** Kinds to watch, label-selected by `assay.dev/benchmark`. */
  readonly watches: readonly Resource[];
  /** The objects of one role (pods, claims), owned by the benchmark. */
  objects(run: Run, role: RolePlan): { resource: Resource; object: KubeObject }[];
  /** What happened, from the objects of all attempts and the events about them. */
  observe(objects: readonly KubeObject[], events: readonly KubeObject[], now: number): PodState[];
}
