import type { DecodedFrame } from '../../measure/frame.ts';
import type { Reason } from '../../measure/reason.ts';
import type { ResultRecord } from '../../measure/record.ts';
import type { RolePlan } from '../../runners/workload.ts';
import type { Benchmark, BenchmarkSpec } from '../api/types.ts';
import type { KubeObject, Resource } from '../kube/object.ts';

/** A reason and the words of who said it. */
export interface Cause {
  reason: Reason;
  message: string;
}

/** What a backend saw of one pod of a run, in terms that no backend owns. */
export interface PodState {
  name: string;
  /** Empty as long as its holder has not made it: the state says what is waited for. */
  uid: string;
  /** UID of what holds it; absent for a pod that stands alone. */
  holder?: string;
  role: string;
  index: number;
  attempt: number;
  node?: string;
  /** The primary one first. */
  addresses: string[];
  /** What Multus says of the pod's networks; absent where no Multus has spoken. */
  attachments?: Attachment[];
  /** The address that counts in its run; the reconciler chooses it. */
  ip?: string;
  /** What it was told of its peers' addresses: the text of `peersAnnotation`. */
  told?: string;
  /** The token of the run, where it was given it. */
  token?: string;
  phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  /** Being deleted. */
  deleting: boolean;
  /** When the API server was asked to delete it, as far as it says so; milliseconds since 1970, as all times here. */
  deletedAt?: number;
  /** Milliseconds since 1970. */
  createdAt: number;
  startedAt?: number;
  finishedAt?: number;
  /** Why it does not run yet, from conditions, container states and events. `final`: waiting longer cannot help. */
  waiting?: Waiting;
  /** Why the cluster takes the pod away: eviction, preemption, a lost node. */
  disruption?: Cause;
  /** How its container ended. `record` is the verified result; `frame` says why there is none. */
  ended?: Ended;
}

/**
 * An object that makes and ends the pods of an attempt in our stead: a Volcano Job, a JobSet. Its pods are deleted by deleting it, and what
 * it deletes by rules of its own is no fault.
 */
export interface HolderState {
  resource: Resource;
  name: string;
  uid: string;
  attempt: number;
  deleting: boolean;
  /** When the API server was asked to delete it. */
  deletedAt?: number;
  /** Why it makes and keeps no more pods, other than by a good end. */
  stopped?: Cause;
}

/** A network of a pod, as Multus attached it. */
export interface Attachment {
  /** `namespace/name` of the attachment's definition, or the name of the cluster's own network. */
  network: string;
  interface: string;
  addresses: string[];
  /** Whether it is the network whose addresses the pod's status shows. */
  isDefault: boolean;
}

/** What a pod waits for. The reason is one of ours where it names a fault, else one word of Kubernetes. */
export interface Waiting {
  reason: Reason | 'Starting' | 'ContainerCreating' | 'SchedulingGated' | 'VolumePending';
  message: string;
  final?: boolean;
}

export interface Ended extends Cause {
  exitCode: number | null;
  record?: ResultRecord;
  /** InLog: the record is too large for the termination message and stands at the end of the log. */
  frame: DecodedFrame['frame'];
  /** For InLog: bytes of the frame in the log. */
  length?: number;
}

/** One attempt of one benchmark to be turned into objects. `peers` are addresses by role, as far as known. */
export interface Run {
  benchmark: Benchmark;
  attempt: number;
  roles: RolePlan[];
  peers: Record<string, string[]>;
  /** By which the programs of the attempt's pods know each other, hexadecimal; there when a task uses it. */
  token?: string;
  /** Where all pods are made at once: seconds within which those that need addresses are told them (see peers.ts). */
  toldWithin?: number;
}

/** An object to create, and where. */
export interface Creation {
  resource: Resource;
  object: KubeObject;
}

/** What a cluster must have beside Kubernetes before a backend works there. */
export interface AddOn {
  /** The kind that holds pods. */
  holder: Resource;
  /** What to watch beside pods and claims, once a benchmark asks for the backend. All but events by the label `assay.dev/benchmark`. */
  watches: readonly { resource: Resource; fieldSelector?: string }[];
  /** What a person can install, with its version. */
  install: string;
  /** Value of the chart that gives the operator the rights. */
  chartValue: string;
}

/** Turns plans into objects and objects into what happened. Pure but for the random frame keys. */
export interface Backend {
  readonly name: NonNullable<BenchmarkSpec['backend']>;
  /** Absent where plain Kubernetes will do. */
  readonly addOn?: AddOn;
  /** Whether all pods of a run are made at once, since none is started before all are there; peers are told afterwards. */
  startsTogether(benchmark: Benchmark, roles: readonly RolePlan[]): boolean;
  /** The objects of these roles (claims, then pods or what holds them), owned by the benchmark. */
  objects(run: Run, roles: readonly RolePlan[]): Creation[];
  /** What happened, from the objects of all attempts and the events about them; with a state for each pod that a holder is still to make. */
  observe(objects: readonly KubeObject[], events: readonly KubeObject[]): PodState[];
  /** What holds the pods of all attempts. Absent where they stand alone. */
  holders?(objects: readonly KubeObject[]): HolderState[];
  /** The record that a pod left in its log. @param log its last lines, at least as far back as its termination message says */
  resultFromLog(pod: KubeObject, log: string): DecodedFrame;
}
