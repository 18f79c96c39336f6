import type { PeersFile } from '../../runners/task.ts';
import type { RolePlan } from '../../runners/workload.ts';
import type { Run } from './backend.ts';
import type { VolumeMount } from './pod.ts';

// How pods that all start at once learn each other's addresses: the operator writes an annotation, the kubelet shows it as a file.

/** The annotation that names a pod's peers, once all of them have addresses. */
export const peersAnnotation = 'assay.dev/peers';

/** Bytes of that annotation. The API server takes 256 KiB of annotations in all; networks and queues write some too. */
export const peersTextLimit = 192 * 1024;

const folder = '/assay';
const file = 'peers';

/** Where the agent finds it. */
export const peersPath = `${folder}/${file}`;

/** Whether a role's pods are made before the addresses that they need are known. */
export function isToldLater({ toldWithin }: Pick<Run, 'toldWithin'>, { after = [] }: RolePlan): boolean {
  return toldWithin !== undefined && after.length > 0;
}

/**
 * What the annotation says to a role's pods; the same peers always give the same text.
 * @returns undefined as long as the addresses of a role that it needs are not all known
 */
export function peersText({ after = [] }: RolePlan, peers: Readonly<Record<string, string[]>>): string | undefined {
  const needed = after.map((name): [string, string[]] => [name, peers[name] ?? []]);
  if (needed.some(([, addresses]) => addresses.length === 0)) return undefined;
  return JSON.stringify({ version: 1, peers: Object.fromEntries(needed) } satisfies PeersFile);
}

/** A downward-API volume. As a whole folder, since the kubelet never renews a file that is mounted by subPath. */
export const peersVolume: { volume: object; mount: VolumeMount } = {
  volume: {
    name: 'peers',
    downwardAPI: { items: [{ path: file, fieldRef: { fieldPath: `metadata.annotations['${peersAnnotation}']` } }] },
  },
  mount: { name: 'peers', mountPath: folder, readOnly: true },
};
