import type { Benchmark, BenchmarkSet } from '../api/types.ts';
import { keyOf } from '../kube/object.ts';
import type { KubeObject, ObjectMeta } from '../kube/object.ts';
import type { Files } from './files.ts';
import { packed } from './pack.ts';
import type { Shard } from './pack.ts';

export interface ConfigMap extends KubeObject {
  data?: Record<string, string>;
  binaryData?: Record<string, string>;
}

export const annotations = {
  /** On the first ConfigMap: where each file is, its length and hash. */
  index: 'assay.dev/results-index',
  /** Whose results these are; stays when they are retained and have no owner. */
  ownerUid: 'assay.dev/owner-uid',
} as const;

/** Name of the (first) results ConfigMap of a set or a lone Benchmark. */
export function resultsName(owner: string): string {
  return `${owner}-results`;
}

/**
 * The ConfigMaps that hold `files`, the first under `name`, the others `<name>-1`, `<name>-2`, ...: plain text while all of
 * it is small, else large files gzipped and spread over several below 900 KiB each. Same input, same objects.
 * @param owner gets the ConfigMaps deleted with it, unless its `results.retain` keeps them
 */
export function resultsConfigMaps(owner: Benchmark | BenchmarkSet, name: string, files: Files): ConfigMap[] {
  const { index, shards } = packed(files);
  const { namespace, uid = '' } = owner.metadata;
  const kindLabel = owner.kind === 'BenchmarkSet' ? 'assay.dev/set' : 'assay.dev/benchmark';
  const ownerReferences = [{ apiVersion: owner.apiVersion, kind: owner.kind, name: owner.metadata.name, uid, controller: true }];
  const metadata = {
    ...(namespace !== undefined && { namespace }),
    labels: { [kindLabel]: owner.metadata.name, 'app.kubernetes.io/managed-by': 'assay' },
    annotations: { [annotations.ownerUid]: uid },
    ...(owner.spec.results?.retain !== true && { ownerReferences }),
  };
  const configMap = (more: Pick<ObjectMeta, 'name' | 'annotations'>, shard: Shard): ConfigMap => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...metadata, ...more, annotations: { ...metadata.annotations, ...more.annotations } },
    ...shard,
  });
  return shards.map((shard, number) =>
    number === 0
      ? configMap({ name, annotations: { [annotations.index]: JSON.stringify(index) } }, shard)
      : configMap({ name: `${name}-${number}` }, shard),
  );
}

/** Whether an existing ConfigMap holds results of this very object, not of another of the same name. */
export function isResultOf(existing: KubeObject, owner: Benchmark | BenchmarkSet): boolean {
  return owner.metadata.uid !== undefined && existing.metadata.annotations?.[annotations.ownerUid] === owner.metadata.uid;
}

/** `ConfigMap bench/net-results exists and ...`: why nothing is written over it. */
export function takenMessage(existing: KubeObject): string {
  return `ConfigMap ${keyOf(existing)} exists and holds something else, such as retained results; delete or rename it, or choose another name`;
}
