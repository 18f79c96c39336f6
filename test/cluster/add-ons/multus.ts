import { attachments } from '../node/attachments.ts';
import { rbac } from '../services/objects.ts';
import type { AddOn } from './add-on.ts';

/** User that the plugin is to the API server, on every node. */
export const multusUser = 'system:multus';

const group = 'k8s.cni.cncf.io';

/** The definitions that pods use; what each means is a file of every node, as ranges of addresses differ. */
const definitions = attachments.map((name) => ({
  apiVersion: `${group}/v1`,
  kind: 'NetworkAttachmentDefinition',
  metadata: { name, namespace: 'default' },
}));

const role = {
  apiVersion: `${rbac}/v1`,
  kind: 'ClusterRole',
  metadata: { name: 'cluster:multus' },
  rules: [
    { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch', 'update'] },
    { apiGroups: [''], resources: ['pods/status'], verbs: ['get', 'update'] },
    { apiGroups: [group], resources: ['network-attachment-definitions'], verbs: ['get', 'list', 'watch'] },
    { apiGroups: ['', 'events.k8s.io'], resources: ['events'], verbs: ['create', 'patch', 'update'] },
  ],
};

const binding = {
  apiVersion: `${rbac}/v1`,
  kind: 'ClusterRoleBinding',
  metadata: { name: 'cluster:multus' },
  roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: role.metadata.name },
  subjects: [{ apiGroup: rbac, kind: 'User', name: multusUser }],
};

/** Multus as a plugin of the nodes' container runtimes; what it needs there comes with the nodes. */
export const multus: AddOn = {
  programs: ['multus'],
  source: { module: 'github.com/k8snetworkplumbingwg/network-attachment-definition-client', by: 'multus' },
  definitions: ['artifacts/networks-crd.yaml'],
  services: () => [],
  objects: [role, binding, ...definitions],
  probe: { words: ['get', `network-attachment-definitions.${group}`, '--namespace=default', ...attachments] },
};
