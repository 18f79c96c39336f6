import type { Benchmark } from '../../operator/api/types.ts';
import { doubledOf, lostOf, membersIn } from './members.ts';
import type { Users } from './members.ts';
import { percentile } from './percentile.ts';
import type { Request } from './requests.ts';
import { countsOf, isPoll, isWrite } from './requests.ts';
import type { Sample } from './sampler.ts';
import type { SubjectName } from './subject.ts';

/** What one run of a set gave. Times in s, memory in bytes. */
export interface Figures {
  subject: SubjectName;
  members: number;
  /** From the creation of the set to the last member's last status. */
  seconds: number;
  membersPerSecond: number;
  /** All requests of the subject while members ran, a member, and how many of each. */
  requests: number;
  byVerb: Record<string, number>;
  /** About a member and its pods: mean and most. */
  writes: { mean: number; most: number };
  /** About the set as a whole: status, results, events. */
  otherWrites: number;
  polls: number;
  firstPod: { p50: number; p99: number };
  status: { p50: number; p99: number };
  /** CPU time of the subject a member. */
  cpu: number;
  /** The same of all: subject, control plane, scheduler, kwok and the bench itself. */
  machineCpu: number;
  peak: number;
  /** Live objects of the subject before the set and after it, its ended Benchmarks still in the cluster. */
  heap: { before: number; after: number };
  lost: number;
  doubled: number;
}

export interface RunRecord {
  subject: SubjectName;
  members: number;
  /** Pods of one member. */
  pods: number;
  /** Of the run's namespace. */
  requests: readonly Request[];
  benchmarks: readonly Benchmark[];
  samples: readonly Sample[];
  heap: Figures['heap'];
  /** CPU time that all processes took from the set's creation to the end, s. */
  machineCpu: number;
}

/** Works out what a run gave. @param users by whose names the audit log tells them apart */
export function figuresOf({ subject, members, pods, requests, benchmarks, samples, heap, machineCpu }: RunRecord, users: Users): Figures {
  const begin = requests.find(({ verb, resource }) => verb === 'create' && resource === 'benchmarksets')?.receivedAt ?? NaN;
  const seen = membersIn(requests, users);
  const own = requests.filter(({ user, receivedAt }) => user === users.subject && receivedAt >= begin);
  const ended = seen.filter(({ doneAt }) => Number.isFinite(doneAt));
  const seconds = (Math.max(...ended.map(({ doneAt }) => doneAt)) - begin) / 1000;
  const perMember = seen.map(({ writes }) => writes);
  const [first, last] = [samples.at(0), samples.at(-1)];
  return {
    subject,
    members,
    seconds,
    membersPerSecond: ended.length / seconds,
    requests: own.length / members,
    byVerb: countsOf(own),
    writes: { mean: sum(perMember) / members, most: Math.max(0, ...perMember) },
    otherWrites: own.filter(isWrite).length - sum(perMember),
    polls: own.filter(isPoll).length,
    firstPod: spread(ended.map(({ toFirstPod }) => toFirstPod)),
    status: spread(ended.map(({ toStatus }) => toStatus)),
    cpu: ((last?.cpu ?? NaN) - (first?.cpu ?? NaN)) / members,
    machineCpu: machineCpu / members,
    peak: last?.peak ?? NaN,
    heap,
    lost: lostOf(members, benchmarks),
    doubled: doubledOf(seen, benchmarks, pods),
  };
}

/** @param times ms */
function spread(times: readonly number[]): { p50: number; p99: number } {
  return { p50: percentile(times, 50) / 1000, p99: percentile(times, 99) / 1000 };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
