import type { RolePlan } from '../../runners/workload.ts';
import type { PodState, Run } from '../backends/backend.ts';
import { toldWithin } from './limits.ts';
import type { Observed } from './observed.ts';

/** Addresses by role, in order of replicas; only roles whose pods all have one. */
export function peersOf({ roles, pods }: Observed): Record<string, string[]> {
  const known = roles.flatMap(({ name, replicas }): [string, string[]][] => {
    const addresses = pods
      .filter(({ role }) => role === name)
      .toSorted((a, b) => a.index - b.index)
      .flatMap(({ ip }) => ip ?? []);
    return addresses.length === replicas ? [[name, addresses]] : [];
  });
  return Object.fromEntries(known);
}

/** Roles that have pods still to be made and know all addresses that they need, or learn them later. */
export function creatableRoles(seen: Observed): RolePlan[] {
  const peers = peersOf(seen);
  const isReady = ({ after = [] }: RolePlan) => seen.startsTogether || after.every((name) => Object.hasOwn(peers, name));
  return seen.roles.filter((role) => podsOfRole(seen, role.name).length < role.replicas && isReady(role));
}

/** The attempt as a backend sees it. */
export function runOf(seen: Observed): Run {
  const { benchmark, attempt, roles, startsTogether, token } = seen;
  return {
    benchmark,
    attempt,
    roles,
    peers: peersOf(seen),
    ...(token === undefined ? {} : { token }),
    ...(startsTogether ? { toldWithin: toldWithin(benchmark.spec) } : {}),
  };
}

export function podsOfRole({ pods }: Observed, name: string): PodState[] {
  return pods.filter(({ role }) => role === name);
}

export function podCount({ roles }: Observed): number {
  return roles.reduce((sum, { replicas }) => sum + replicas, 0);
}

/** Pods whose end is the end of the run. */
export function endingPods({ roles, pods }: Observed): PodState[] {
  const ending = new Set(roles.filter(({ ends }) => ends).map(({ name }) => name));
  return pods.filter(({ role }) => ending.has(role));
}

/** Is there: its holder has made it. */
export function isMade({ uid }: PodState): boolean {
  return uid !== '';
}

/** Still takes part of its node: neither ended nor about to be. */
export function isLive({ ended }: PodState): boolean {
  return ended === undefined;
}
