import type { Benchmark } from '../api/types.ts';
import { labels } from '../backends/labels.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Memory } from './memory.ts';

/** Objects between a pod and its benchmark: a JobSet has Jobs. */
const deepest = 3;

/** Whether an object belongs to this very benchmark: labels can be written by anybody, references name the UID. */
export function isOwnedBy(object: KubeObject, owner: Benchmark): boolean {
  return isMarked(object, owner.metadata.uid) && controllerOf(object) === owner.metadata.uid;
}

/** Those objects that belong to a benchmark, by themselves or by what holds them, even if that is gone already. */
export function ownedBy(owner: Benchmark, objects: readonly KubeObject[], { holders }: Pick<Memory, 'holders'>): KubeObject[] {
  const marked = objects.filter((object) => isMarked(object, owner.metadata.uid));
  const byUid = new Map(marked.map((object) => [object.metadata.uid, object]));
  return marked.filter((object) => {
    const root = rootOf(object, (uid) => byUid.get(uid));
    return root === owner.metadata.uid || holders.has(root ?? '');
  });
}

/** UID of the last owner that is known of, by the references of those between. @param find an object that may hold others */
export function rootOf(object: KubeObject, find: (uid: string) => KubeObject | undefined): string | undefined {
  let root = controllerOf(object);
  for (let depth = 0; depth < deepest && root !== undefined; depth++) {
    const holder = find(root);
    if (!holder) break;
    root = controllerOf(holder);
  }
  return root;
}

function controllerOf({ metadata }: KubeObject): string | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller === true)?.uid;
}

function isMarked({ metadata }: KubeObject, uid: string | undefined): boolean {
  return uid !== undefined && metadata.labels?.[labels.uid] === uid;
}
