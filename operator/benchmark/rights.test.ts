import { describe, expect, test } from '@jest/globals';
import type { BenchmarkSpec, PodOptions } from '../api/types.ts';
import type { Rights } from './policy.ts';
import { rightsIn } from './policy.ts';
import { violations, violationText } from './rights.ts';

const hostPath = (path: string): PodOptions => ({ volumes: [{ name: 'v', mountPath: '/mnt/v', hostPath: { path } }] });
const volume = (source: object): PodOptions => ({ volumes: [{ name: 'v', mountPath: '/mnt/v', ...source }] });

// Each line: what is asked for, the field that is named, the right that grants it.
const asks: [string, BenchmarkSpec, string, Partial<Rights>][] = [
  ['the network of the node', { network: { host: true } }, 'spec.network.host', { hostNetwork: true }],
  ['an attachment of another namespace', { network: { name: 'storage/san' } }, 'spec.network.name', { networks: ['storage/san'] }],
  [
    'an attachment, beside the pods',
    { network: { name: 'storage/san', interface: 'net1' } },
    'spec.network.name',
    { networks: ['storage'] },
  ],
  ['privileged', { pod: { securityContext: { privileged: true } } }, 'spec.pod.securityContext.privileged', { privileged: true }],
  [
    'escalation',
    { pod: { securityContext: { allowPrivilegeEscalation: true } } },
    'spec.pod.securityContext.allowPrivilegeEscalation',
    { privilegeEscalation: true },
  ],
  ['user 0', { pod: { securityContext: { runAsUser: 0 } } }, 'spec.pod.securityContext.runAsUser', { root: true }],
  ['to be root', { pod: { securityContext: { runAsNonRoot: false } } }, 'spec.pod.securityContext.runAsNonRoot', { root: true }],
  [
    'no seccomp',
    { pod: { securityContext: { seccompProfile: { type: 'Unconfined' } } } },
    'spec.pod.securityContext.seccompProfile.type',
    { unconfined: true },
  ],
  [
    'a capability',
    { pod: { securityContext: { capabilities: { add: ['IPC_LOCK'] } } } },
    'spec.pod.securityContext.capabilities.add',
    { capabilities: ['IPC_LOCK'] },
  ],
  ['a folder of the node', { pod: hostPath('/mnt/disk/a') }, 'spec.pod.volumes[0].hostPath.path', { hostPaths: ['/mnt/disk'] }],
  ['a Secret', { pod: volume({ secret: { secretName: 's' } }) }, 'spec.pod.volumes[0]', { volumes: ['secret'] }],
  ['a ConfigMap', { pod: volume({ configMap: { name: 'c' } }) }, 'spec.pod.volumes[0]', { volumes: ['configMap'] }],
  ['an account', { pod: { serviceAccountName: 'admin' } }, 'spec.pod.serviceAccountName', { serviceAccounts: ['admin'] }],
  [
    'an AppArmor profile',
    { pod: { annotations: { 'container.apparmor.security.beta.kubernetes.io/runner': 'unconfined' } } },
    'spec.pod.annotations',
    { annotations: ['container.apparmor.security.beta.kubernetes.io/runner'] },
  ],
  [
    'another network',
    { pod: { annotations: { 'k8s.v1.cni.cncf.io/networks': 'x' } } },
    'spec.pod.annotations',
    { annotations: ['k8s.v1.cni.cncf.io/networks'] },
  ],
  [
    "the cluster's own priority",
    { priorityClassName: 'system-node-critical' },
    'spec.priorityClassName',
    { priorityClasses: ['system-node-critical'] },
  ],
  [
    'anything for one role',
    { roles: { server: { pod: { securityContext: { privileged: true } } } } },
    'spec.roles.server.pod.securityContext.privileged',
    { privileged: true },
  ],
];

test.each(asks)('%s is refused, with the field', (_, spec, path) => {
  expect(violations(spec, rightsIn('bench'))).toMatchObject([{ path }]);
});

test.each(asks)('%s is allowed by its own right', (_, spec, __, right) => {
  expect(violations(spec, rightsIn('bench', right))).toEqual([]);
});

test.each(asks)('%s: the message names a setting that would allow it', (_, spec, __, right) => {
  const [violation] = violations(spec, rightsIn('bench'));
  expect(violation && violationText(violation)).toContain(`policy.${Object.keys(right)[0]}:`);
});

describe('what needs no right', () => {
  test.each<[string, BenchmarkSpec]>([
    ['nothing', {}],
    ['another user and group', { pod: { securityContext: { runAsUser: 1000, runAsGroup: 1000 } } }],
    ['a writable root filesystem', { pod: { securityContext: { readOnlyRootFilesystem: false } } }],
    ['fewer capabilities', { pod: { securityContext: { capabilities: { drop: ['ALL'] } } } }],
    ['a volume of its own', { pod: volume({ emptyDir: {} }) }],
    ['a claim', { pod: volume({ persistentVolumeClaim: { claimName: 'c' } }) }],
    ['annotations and labels of the user', { pod: { annotations: { 'example.com/note': 'x', note: 'y' }, labels: { team: 'blue' } } }],
    ['a priority class', { priorityClassName: 'high' }],
    ['an attachment of its own namespace', { network: { name: 'fast' } }],
    ['an attachment of its own namespace by its full name', { network: { name: 'bench/fast' } }],
  ])('%s', (_, spec) => {
    expect(violations(spec, rightsIn('bench'))).toEqual([]);
  });
});

describe('an attachment of another namespace', () => {
  const rights = rightsIn('bench', { networks: ['storage/san', 'shared'] });
  test.each([
    ['storage/san', true],
    ['storage/san-2', false],
    ['storage/other', false],
    ['shared/any', true],
    ['shared-2/any', false],
    ['kube-system/any', false],
  ])('%s: %s', (name, allowed) => {
    expect(violations({ network: { name } }, rights)).toHaveLength(allowed ? 0 : 1);
  });
});

describe('a folder of the node', () => {
  const rights = rightsIn('bench', { hostPaths: ['/mnt/disk'] });
  test.each([
    ['/mnt/disk', true],
    ['/mnt/disk/a/b', true],
    ['/mnt/disk-2', false],
    ['/mnt/disk/../../etc', false],
    ['/mnt', false],
    ['/', false],
  ])('%s: %s', (path, allowed) => {
    expect(violations({ pod: hostPath(path) }, rights)).toHaveLength(allowed ? 0 : 1);
  });
});

test.each([
  ['every class', ['*'], 'high', 0],
  ["every class but the cluster's own", ['*'], 'system-cluster-critical', 1],
  ['one class', ['low'], 'low', 0],
  ['no class but that one', ['low'], 'high', 1],
  ['none at all', [], 'low', 1],
])('priority classes: %s', (_, priorityClasses, priorityClassName, refused) => {
  expect(violations({ priorityClassName }, rightsIn('bench', { priorityClasses }))).toHaveLength(refused);
});

describe('a claim that the parameters of a workload name', () => {
  const workload = { name: 'fio', claims: ['data'] };

  test('needs no right of its own', () => {
    expect(violations({}, rightsIn('bench'), workload)).toEqual([]);
  });

  test('is refused where claims are, with the setting that would allow it', () => {
    expect(violations({}, rightsIn('bench', { volumes: ['configMap'] }), workload).map(violationText)).toEqual([
      'spec.fio: the claim data is not allowed here; an administrator can allow it with policy.volumes: [persistentVolumeClaim]',
    ]);
  });
});

test('all are told at once', () => {
  const spec: BenchmarkSpec = { network: { host: true }, pod: { securityContext: { privileged: true, runAsUser: 0 } } };
  expect(violations(spec, rightsIn('bench'))).toHaveLength(3);
});

describe('a capability that the workload needs', () => {
  const workload = { name: 'rdmaBandwidth', capabilities: ['IPC_LOCK'] };

  test('is refused like one that the user asks for, with the setting that would allow it', () => {
    expect(violations({}, rightsIn('bench'), workload).map(violationText)).toEqual([
      'spec.rdmaBandwidth: the capability IPC_LOCK, which its pods need, is not allowed here; an administrator can allow it with policy.capabilities: [IPC_LOCK]',
    ]);
  });

  test('is allowed by the right for it, in its namespace only', () => {
    const policy = { namespaces: { fabric: { capabilities: ['IPC_LOCK'] } } };
    expect(violations({}, rightsIn('fabric', policy), workload)).toEqual([]);
    expect(violations({}, rightsIn('bench', policy), workload)).toHaveLength(1);
  });

  test('is not there in most workloads', () => {
    expect(violations({}, rightsIn('bench'), { name: 'iperf' })).toEqual([]);
  });
});
