import type { Chosen } from '../../runners/registry.ts';
import { holderName, jobSetPodPrefix, podName, volcanoPodName } from '../backends/names.ts';

/** Names of pods are host names, and these have a label of at most 63 characters (RFC 1123). */
export const longestPodName = 63;

/** Room is kept for this attempt: besides retries, each resumption after a suspension is one. */
const lastAttempt = 99;

const suffixOn: Readonly<Record<string, (role: string, index: number) => string>> = {
  Pods: (role, index) => podName('', role, index, lastAttempt),
  Volcano: (role, index) => volcanoPodName(holderName('', lastAttempt), role, index),
  JobSet: (role, index) => `${jobSetPodPrefix(holderName('', lastAttempt), role, index)}xxxxx`,
};

/** The longest text that a pod's name adds to its benchmark's: `-server-0-a99`. */
export function longestPodSuffix({ workload, parameters }: Chosen, backend: string = 'Pods'): string {
  const suffixOf = Object.hasOwn(suffixOn, backend) ? suffixOn[backend] : undefined;
  const suffixes = workload.plan(parameters).map(({ name, replicas }) => suffixOf?.(name, replicas - 1) ?? '');
  return suffixes.reduce((longest, suffix) => (suffix.length > longest.length ? suffix : longest), '');
}

/** The name, or one as long as the API server would make from generateName. */
export function givenName({ name, generateName = '' }: { name?: string; generateName?: string }): string {
  return name ?? `${generateName}xxxxx`;
}
