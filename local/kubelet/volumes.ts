import { mkdir, readlink, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { ConfigError } from './command.ts';
import { fillDownwardVolume } from './downward-volume.ts';
import type { Pod, Volume } from './pod.ts';

/** Where volumes come from. */
export interface Storage {
  /** Absolute path put before the mount paths: the pod's own folder. */
  root: string;
  /** The folder of a claim, kept as long as the claim. */
  claimFolder: (claim: string) => string;
}

/**
 * Makes the folders of a pod's volumes and puts them where its containers expect them, below the pod's root.
 * @throws ConfigError for a mount without volume, or a kind of volume that local mode does not have
 */
export async function mountVolumes(pod: Pod, storage: Storage): Promise<void> {
  const { spec } = pod;
  const folders = new Map(spec.volumes?.map((volume) => [volume.name, folderOf(volume, storage)]));
  await refreshVolumes(pod, storage);
  const mounts = spec.containers.flatMap(({ volumeMounts = [] }) => volumeMounts);
  // Outer folders first, or an inner mount would be where the outer one belongs.
  for (const { name, mountPath, subPath = '' } of mounts.toSorted((a, b) => depth(a.mountPath) - depth(b.mountPath))) {
    const folder = folders.get(name);
    if (folder === undefined) throw new ConfigError(`volumeMounts: there is no volume ${name}`);
    const [source, target] = [inside(folder, subPath), inside(storage.root, mountPath)];
    await mkdir(source, { recursive: true });
    await mkdir(dirname(target), { recursive: true });
    // Containers of a pod share its root, so the second mount of the same volume is there already.
    const present = await readlink(target).catch(() => undefined);
    if (present === undefined) await symlink(source, target);
    else if (present !== source) throw new ConfigError(`volumeMounts: ${mountPath} is taken by another volume`);
  }
}

/** Lets the files of downward-API volumes say what the pod's metadata says now. @throws ConfigError as above */
export async function refreshVolumes(pod: Pod, storage: Storage): Promise<void> {
  for (const volume of pod.spec.volumes ?? []) if (volume.downwardAPI) await fillDownwardVolume(folderOf(volume, storage), volume, pod);
}

function depth(path: string): number {
  return path.split('/').filter((part) => part !== '').length;
}

function folderOf({ name, emptyDir, persistentVolumeClaim, downwardAPI }: Volume, { root, claimFolder }: Storage): string {
  if (persistentVolumeClaim) return claimFolder(persistentVolumeClaim.claimName);
  if (emptyDir ?? downwardAPI) return inside(join(root, 'volumes'), name);
  throw new ConfigError(`volume ${name}: only emptyDir, persistentVolumeClaim and downwardAPI are available in local mode`);
}

function inside(folder: string, path: string): string {
  const whole = join(folder, path);
  if (whole !== folder && !whole.startsWith(`${folder}/`)) throw new ConfigError(`volumeMounts: ${path} leaves its volume`);
  return whole.replace(/\/$/, '');
}
