import type { RolePlan } from '../../runners/workload.ts';
import type { Benchmark } from '../api/types.ts';
import { assignmentOf, taskLimit } from '../backends/assignment.ts';
import { peersText, peersTextLimit } from '../backends/peers.ts';
import { toldWithin } from './limits.ts';

// A key and a token are as long as the real ones; an address may be as long as IPv6 gets.
const sampleKey = '0'.repeat(64);
const sampleAddress = 'f'.repeat(39);

/**
 * What does not fit the way to its pod. A task travels in one environment variable, which the kernel bounds; peers' addresses with it or,
 * where all pods start together, in an annotation, which the API server bounds.
 */
export function tooLarge(benchmark: Benchmark, roles: readonly RolePlan[], startsTogether: boolean): string[] {
  const peers = Object.fromEntries(roles.map(({ name, replicas }) => [name, Array.from({ length: replicas }, () => sampleAddress)]));
  const run = { benchmark, peers, token: sampleKey, ...(startsTogether ? { toldWithin: toldWithin(benchmark.spec) } : {}) };
  return roles.flatMap((role) => [
    ...excess(`the task of role ${role.name}`, JSON.stringify(assignmentOf(run, role, sampleKey)), taskLimit, "a pod's environment"),
    ...excess(
      `what role ${role.name} is told of its peers' addresses`,
      startsTogether ? (peersText(role, peers) ?? '') : '',
      peersTextLimit,
      "a pod's annotation; take fewer pods",
    ),
  ]);
}

function excess(what: string, text: string, limit: number, place: string): string[] {
  const bytes = Buffer.byteLength(text);
  return bytes <= limit ? [] : [`spec: ${what} has ${grouped(bytes)} bytes; at most ${grouped(limit)} fit into ${place}`];
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
