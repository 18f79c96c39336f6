import { controlPlaneAddresses, dnsServiceAddress } from '../layout.ts';
import type { Layout } from '../layout.ts';
import { localVolumes } from '../node/mounts.ts';
import { dnsUser } from './dns.ts';

/** User that the API server is to the kubelets, for logs and exec. */
export const kubeletClientUser = 'kube-apiserver-kubelet-client';
export const proxyUser = 'system:kube-proxy';

export const rbac = 'rbac.authorization.k8s.io';
const dnsPorts = [
  { name: 'dns', port: 53, protocol: 'UDP' },
  { name: 'dns-tcp', port: 53, protocol: 'TCP' },
];

/** The objects that every cluster has from its start: rights of its own programs, DNS, local volumes. */
export function clusterObjects({ nodes }: Layout) {
  return {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      binding(kubeletClientUser, 'system:kubelet-api-admin'),
      binding(proxyUser, 'system:node-proxier'),
      dnsRole,
      binding(dnsUser, dnsRole.metadata.name),
      dnsService,
      dnsEndpoints,
      localStorageClass,
      ...nodes.flatMap(({ name }) => localVolumes.map((path, index) => localVolume(name, index + 1, path))),
    ],
  };
}

function binding(user: string, role: string) {
  return {
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name: `cluster:${user}` },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: role },
    subjects: [{ apiGroup: rbac, kind: 'User', name: user }],
  };
}

const dnsRole = {
  apiVersion: `${rbac}/v1`,
  kind: 'ClusterRole',
  metadata: { name: 'cluster:coredns' },
  rules: [
    { apiGroups: [''], resources: ['services', 'pods', 'namespaces'], verbs: ['list', 'watch'] },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
  ],
};

const dnsService = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'kube-dns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  spec: { clusterIP: dnsServiceAddress, ports: dnsPorts },
};

/** CoreDNS is no pod, so its address is written here. */
const dnsEndpoints = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'kube-dns-1', namespace: 'kube-system', labels: { 'kubernetes.io/service-name': 'kube-dns' } },
  addressType: 'IPv4',
  endpoints: [{ addresses: [controlPlaneAddresses.IPv4], conditions: { ready: true } }],
  ports: dnsPorts,
};

const localStorageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  // A claim that names no class gets one, as on most clusters.
  metadata: { name: 'local', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'kubernetes.io/no-provisioner',
  volumeBindingMode: 'WaitForFirstConsumer',
};

/** A folder on the node's disk. It serves one claim: nobody empties it, so it is kept back afterwards. */
function localVolume(node: string, index: number, path: string) {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `local-${node}-${index}` },
    spec: {
      capacity: { storage: '10Gi' },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: localStorageClass.metadata.name,
      local: { path },
      nodeAffinity: {
        required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] }] },
      },
    },
  };
}
