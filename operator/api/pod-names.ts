import type { Chosen } from '../../runners/registry.ts';

/** Names of pods are host names, and these have a label of at most 63 characters (RFC 1123). */
export const longestPodName = 63;

/** The longest text that a pod's name adds to its benchmark's: `-server-0-a3`. */
export function longestPodSuffix({ workload, parameters }: Chosen, retries: number): string {
  const suffixes = workload.plan(parameters).map(({ name, replicas }) => `-${name}-${replicas - 1}-a${retries}`);
  return suffixes.reduce((longest, suffix) => (suffix.length > longest.length ? suffix : longest), '');
}
