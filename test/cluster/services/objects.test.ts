import { expect, test } from '@jest/globals';
import { layout } from '../layout.ts';
import { clusterObjects } from './objects.ts';

interface Item {
  kind: string;
  metadata: { name: string };
  [field: string]: unknown;
}

const { items } = clusterObjects(layout('assay')) as unknown as { items: Item[] };
const ofKind = (kind: string) => items.filter((item) => item.kind === kind);

test('no two objects have the same kind and name', () => {
  const names = items.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  expect(new Set(names).size).toBe(names.length);
});

test.each([
  ['kube-apiserver-kubelet-client', 'system:kubelet-api-admin'],
  ['system:kube-proxy', 'system:node-proxier'],
  ['system:coredns', 'cluster:coredns'],
])('%s has the rights of %s', (user, role) => {
  expect(ofKind('ClusterRoleBinding')).toContainEqual(
    expect.objectContaining({
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }],
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    }),
  );
});

test('the name server only reads', () => {
  for (const { rules } of ofKind('ClusterRole') as unknown as { rules: { verbs: string[] }[] }[]) {
    expect(rules.flatMap(({ verbs }) => verbs).filter((verb) => !['list', 'watch'].includes(verb))).toEqual([]);
  }
});

test('DNS is a Service at the address that pods are given, answered by the control plane', () => {
  expect(ofKind('Service')[0]).toMatchObject({ metadata: { namespace: 'kube-system' }, spec: { clusterIP: '10.96.0.10' } });
  expect(ofKind('EndpointSlice')[0]).toMatchObject({
    metadata: { labels: { 'kubernetes.io/service-name': 'kube-dns' } },
    endpoints: [{ addresses: ['10.200.0.1'] }],
  });
});

test('local volumes are bound when a pod has its node', () => {
  expect(ofKind('StorageClass')[0]).toMatchObject({ metadata: { name: 'local' }, volumeBindingMode: 'WaitForFirstConsumer' });
});

test('each node has four volumes, each a folder of its own', () => {
  const volumes = ofKind('PersistentVolume') as unknown as { metadata: { name: string }; spec: { local: { path: string } } }[];
  expect(volumes.map(({ metadata }) => metadata.name)).toEqual(
    ['n1', 'n2'].flatMap((node) => [1, 2, 3, 4].map((index) => `local-${node}-${index}`)),
  );
  expect(new Set(volumes.map(({ spec }) => spec.local.path)).size).toBe(4);
});
