/** The part of a Kubernetes object that every kind has. Raw JSON names, string times: objects are never passed through typed models. */
export interface KubeObject {
  apiVersion?: string;
  kind?: string;
  metadata: ObjectMeta;
}

export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
  managedFields?: unknown[];
  generateName?: string;
}

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** A kind as the API server serves it. */
export interface Resource {
  group: string;
  version: string;
  plural: string;
  kind: string;
}

export const pods: Resource = { group: '', version: 'v1', plural: 'pods', kind: 'Pod' };
export const configMaps: Resource = { group: '', version: 'v1', plural: 'configmaps', kind: 'ConfigMap' };
export const events: Resource = { group: '', version: 'v1', plural: 'events', kind: 'Event' };
export const nodes: Resource = { group: '', version: 'v1', plural: 'nodes', kind: 'Node' };
export const namespaces: Resource = { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace' };
export const persistentVolumeClaims: Resource = {
  group: '',
  version: 'v1',
  plural: 'persistentvolumeclaims',
  kind: 'PersistentVolumeClaim',
};
export const leases: Resource = { group: 'coordination.k8s.io', version: 'v1', plural: 'leases', kind: 'Lease' };
export const customResourceDefinitions: Resource = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  plural: 'customresourcedefinitions',
  kind: 'CustomResourceDefinition',
};
export const benchmarks: Resource = { group: 'assay.dev', version: 'v1alpha1', plural: 'benchmarks', kind: 'Benchmark' };
export const benchmarkSets: Resource = { group: 'assay.dev', version: 'v1alpha1', plural: 'benchmarksets', kind: 'BenchmarkSet' };

/** `namespace/name`, or the name alone for cluster-wide kinds: the key of caches and queues. */
export function keyOf(object: KubeObject): string {
  const { namespace, name } = object.metadata;
  return namespace ? `${namespace}/${name}` : name;
}
