import type { Benchmark } from '../../operator/api/types.ts';
import type { Request } from './requests.ts';
import { isWrite } from './requests.ts';

/** What the audit log has of one member. */
export interface Member {
  name: string;
  /** Requests of the subject about the member, its pods and what holds them. */
  writes: number;
  /** Pods that were made for it. */
  pods: number;
  /** From the benchmark's creation to that of its first pod, ms. */
  toFirstPod: number;
  /** From the end of its last pod to the status that says so, ms. */
  toStatus: number;
  /** When that status was written, ms since 1970. */
  doneAt: number;
}

export interface Users {
  /** Operator or bare loop. */
  subject: string;
  /** Who writes how pods end. */
  kubelet: string;
}

/** Tells the members apart in the requests of a run. @param requests of one namespace */
export function membersIn(requests: readonly Request[], { subject, kubelet }: Users): Member[] {
  const good = requests.filter(({ code }) => code < 300);
  const own = requests.filter(({ user }) => user === subject);
  const created = good.filter(({ user, verb, resource }) => user === subject && verb === 'create' && resource === 'benchmarks');
  const byMember = Map.groupBy(own.filter(isWrite), memberOf);
  // Whoever makes them: Volcano's controller does, of what the subject asks of it.
  const podsOf = Map.groupBy(
    good.filter(({ verb, resource }) => verb === 'create' && resource === 'pods'),
    memberOf,
  );
  const ends = Map.groupBy(
    good.filter(({ user, resource }) => user === kubelet && resource === 'pods/status'),
    memberOf,
  );
  return created.map(({ name, answeredAt }) => {
    const writes = byMember.get(name) ?? [];
    const pods = podsOf.get(name) ?? [];
    const statuses = writes.filter(({ resource, code }) => resource === 'benchmarks/status' && code < 300);
    const doneAt = last(statuses);
    return {
      name,
      writes: writes.length,
      pods: pods.length,
      toFirstPod: Math.min(...pods.map((pod) => pod.answeredAt)) - answeredAt,
      toStatus: doneAt - last(ends.get(name) ?? []),
      doneAt,
    };
  });
}

/** Members that did not end well. @param names of those that were to run; more than `benchmarks` where some were never made */
export function lostOf(members: number, benchmarks: readonly Benchmark[]): number {
  return members - benchmarks.filter(({ status }) => status?.phase === 'Succeeded').length;
}

/** Members that ran more than once. @param pods that one run has */
export function doubledOf(seen: readonly Member[], benchmarks: readonly Benchmark[], pods: number): number {
  const again = new Set(seen.filter((member) => member.pods > pods).map(({ name }) => name));
  for (const { metadata, status } of benchmarks) if ((status?.attempts?.length ?? 0) > 1) again.add(metadata.name);
  return again.size;
}

/**
 * The member that an object belongs to: benchmarks and what holds pods bear its name, pods are `<member>-<role>-<index>`; attempts after
 * the first have `-a<n>`.
 */
function memberOf({ resource, name }: Request): string {
  return (resource.startsWith('pods') ? name.replace(/-[a-z]+-\d+(-a\d+)?$/, '') : name).replace(/-a\d+$/, '');
}

function last(requests: readonly Request[]): number {
  return Math.max(...requests.map(({ answeredAt }) => answeredAt));
}
