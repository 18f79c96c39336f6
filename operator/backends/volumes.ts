import type { RolePlan, Volume } from '../../runners/workload.ts';
import type { PodVolume } from '../api/types.ts';
import { persistentVolumeClaims } from '../kube/object.ts';
import type { Replica } from './assignment.ts';
import type { Creation, Run } from './backend.ts';
import { attemptLabels, labels, ownerReferences } from './labels.ts';
import { claimName } from './names.ts';
import { isToldLater, peersVolume } from './peers.ts';
import type { VolumeMount } from './pod.ts';

/** The root filesystem is read-only; the agent's scratch folders are here. */
const scratch = { volume: { name: 'scratch', emptyDir: {} }, mount: { name: 'scratch', mountPath: '/tmp' } };

/** A pod's volumes and where they are mounted: the agent's, the workload's, the user's. */
export function volumesOf(run: Run, role: RolePlan, replica: Replica, own: PodVolume[] = []): { volumes: object[]; mounts: VolumeMount[] } {
  const all = [
    scratch,
    ...(isToldLater(run, role) ? [peersVolume] : []),
    ...(role.volumes ?? []).map((volume) => ({
      volume: { name: volume.name, ...sourceOf(run, role, volume, replica) },
      mount: { name: volume.name, mountPath: volume.mountPath },
    })),
    ...own.map(({ name, mountPath, readOnly, subPath, ...source }) => ({
      volume: { name, ...source },
      mount: { name, mountPath, ...(readOnly === undefined ? {} : { readOnly }), ...(subPath === undefined ? {} : { subPath }) },
    })),
  ];
  return { volumes: all.map(({ volume }) => volume), mounts: all.map(({ mount }) => mount) };
}

function sourceOf(run: Run, role: RolePlan, { name, source }: Volume, replica: Replica): object {
  if ('emptyDir' in source) return { emptyDir: source.emptyDir };
  if ('claimName' in source) return { persistentVolumeClaim: { claimName: source.claimName } };
  if (source.shared) return { persistentVolumeClaim: { claimName: nameOf(run, role, name, undefined) } };
  if (typeof replica === 'number') return { persistentVolumeClaim: { claimName: nameOf(run, role, name, replica) } };
  // A template cannot name the claim of each of its pods; this is a claim that comes and goes with its pod.
  return { ephemeral: { volumeClaimTemplate: { metadata: { labels: claimLabels(run, role) }, spec: claimSpec(source.claimTemplate) } } };
}

type Template = Extract<Volume['source'], { claimTemplate: object }>['claimTemplate'];

/** The claims that all replicas of a role share. */
export function sharedClaimsOf(run: Run, role: RolePlan): Creation[] {
  return claimsOf(run, { ...role, volumes: (role.volumes ?? []).filter(({ source }) => 'shared' in source && source.shared) });
}

/** The claims that a role's templates ask for: one a replica, or one for all of them. Each attempt gets fresh ones. */
export function claimsOf(run: Run, role: RolePlan): Creation[] {
  const { benchmark } = run;
  return (role.volumes ?? []).flatMap(({ name, source }) => {
    if (!('claimTemplate' in source)) return [];
    const indexes = source.shared ? [undefined] : Array.from({ length: role.replicas }, (_, index) => index);
    return indexes.map((index) => ({
      resource: persistentVolumeClaims,
      object: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: {
          name: nameOf(run, role, name, index),
          ...(benchmark.metadata.namespace === undefined ? {} : { namespace: benchmark.metadata.namespace }),
          labels: claimLabels(run, role),
          ownerReferences: ownerReferences(benchmark),
        },
        spec: claimSpec(source.claimTemplate),
      },
    }));
  });
}

function claimLabels({ benchmark, attempt }: Run, role: RolePlan): Record<string, string> {
  return { ...attemptLabels(benchmark, attempt), [labels.role]: role.name };
}

function claimSpec({ storageClassName, size, accessMode }: Template): object {
  return {
    accessModes: [accessMode],
    ...(storageClassName === undefined ? {} : { storageClassName }),
    resources: { requests: { storage: size } },
  };
}

function nameOf({ benchmark, attempt }: Run, role: RolePlan, volume: string, index: number | undefined): string {
  return claimName(benchmark.metadata.name, role.name, volume, index, attempt);
}
