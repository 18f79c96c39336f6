// Our reading of the restricted standard against the API server's: what one refuses, the other must.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pods } from '../../operator/kube/object.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import { TestCluster } from './cluster.ts';
import { unrestricted } from './restricted.ts';
import type { TestNamespace } from './namespace.ts';

let cluster: TestCluster;
let namespace: TestNamespace;

beforeAll(async () => {
  cluster = await TestCluster.start();
  namespace = await cluster.namespace({ 'pod-security.kubernetes.io/enforce': 'restricted' });
}, 120_000);

afterAll(() => cluster.stop(), 30_000);

const security = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const podSecurity = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
const container = { name: 'a', image: 'a', securityContext: security };
const good = { securityContext: podSecurity, containers: [container] };

const withPod = (context: object) => ({ ...good, securityContext: { ...podSecurity, ...context } });
const withContainer = (fields: object) => ({ ...good, containers: [{ ...container, ...fields }] });
const withContext = (context: object) => withContainer({ securityContext: { ...security, ...context } });
const withVolume = (source: object) => ({ ...good, volumes: [{ name: 'v', ...source }] });

let made = 0;

/** What the API server says against a pod; nothing when it takes it. */
async function refusal(spec: object): Promise<string> {
  const pod: KubeObject & { spec: object } = { metadata: { name: `pod-${++made}`, namespace: namespace.name }, spec };
  try {
    await cluster.client.create(pods, pod, { fieldValidation: 'Strict' });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe.each<[what: string, spec: Record<string, unknown>]>([
  ['a plain pod', good],
  ['every volume of the standard', withVolume({ emptyDir: {} })],
  ['a projected volume', withVolume({ projected: { sources: [] } })],
  ['the profile in each container', { containers: [{ ...container, securityContext: { ...security, ...podSecurity } }] }],
  ['a port below 1024', withContext({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } })],
  ['a user', withPod({ runAsUser: 1000, fsGroup: 0 })],
  ["a probe of the pod's own address", withContainer({ livenessProbe: { httpGet: { path: '/', port: 80 } } })],
])('%s', (_, spec) => {
  test('KP-44 is restricted for both', async () => {
    expect({ ours: unrestricted(spec), theirs: await refusal(spec) }).toEqual({ ours: [], theirs: '' });
  });
});

describe.each<[path: string, spec: Record<string, unknown>]>([
  ['hostNetwork', { ...good, hostNetwork: true }],
  ['hostPID', { ...good, hostPID: true }],
  ['hostIPC', { ...good, hostIPC: true }],
  ['securityContext.sysctls', withPod({ sysctls: [{ name: 'kernel.msgmax', value: '1' }] })],
  ['securityContext.runAsUser', withPod({ runAsUser: 0 })],
  ['securityContext.seccompProfile.type', withPod({ seccompProfile: { type: 'Unconfined' } })],
  ['securityContext.appArmorProfile.type', withPod({ appArmorProfile: { type: 'Unconfined' } })],
  ['securityContext.seLinuxOptions.type', withPod({ seLinuxOptions: { type: 'spc_t' } })],
  ['securityContext.seLinuxOptions.user', withPod({ seLinuxOptions: { user: 'root' } })],
  ['securityContext.seLinuxOptions.role', withPod({ seLinuxOptions: { role: 'sysadm_r' } })],
  ['containers[0].securityContext.runAsNonRoot', withPod({ runAsNonRoot: undefined })],
  ['containers[0].securityContext.seccompProfile.type', withPod({ seccompProfile: undefined })],
  ['containers[0].securityContext.allowPrivilegeEscalation', withContext({ allowPrivilegeEscalation: undefined })],
  ['containers[0].securityContext.capabilities.drop', withContext({ capabilities: {} })],
  ['containers[0].securityContext.capabilities.add', withContext({ capabilities: { drop: ['ALL'], add: ['NET_RAW'] } })],
  ['containers[0].securityContext.runAsNonRoot', withContext({ runAsNonRoot: false })],
  ['containers[0].securityContext.runAsUser', withContext({ runAsUser: 0 })],
  ['containers[0].securityContext.seccompProfile.type', withContext({ seccompProfile: { type: 'Unconfined' } })],
  ['containers[0].securityContext.appArmorProfile.type', withContext({ appArmorProfile: { type: 'Unconfined' } })],
  ['containers[0].securityContext.seLinuxOptions.type', withContext({ seLinuxOptions: { type: 'spc_t' } })],
  ['containers[0].ports', withContainer({ ports: [{ containerPort: 80, hostPort: 80 }] })],
  ['containers[0].livenessProbe.httpGet.host', withContainer({ livenessProbe: { httpGet: { port: 80, host: '10.0.0.1' } } })],
  ['containers[0].readinessProbe.tcpSocket.host', withContainer({ readinessProbe: { tcpSocket: { port: 80, host: '10.0.0.1' } } })],
  ['containers[0].lifecycle.preStop.httpGet.host', withContainer({ lifecycle: { preStop: { httpGet: { port: 80, host: 'a' } } } })],
  [
    'initContainers[0].securityContext.runAsUser',
    { ...good, initContainers: [{ ...container, name: 'b', securityContext: { ...security, runAsUser: 0 } }] },
  ],
  ['volumes[0].hostPath', withVolume({ hostPath: { path: '/' } })],
  ['volumes[0].nfs', withVolume({ nfs: { server: 'a', path: '/' } })],
])('%s', (path, spec) => {
  test('is refused by both', async () => {
    expect({ ours: unrestricted(spec), theirs: await refusal(spec) }).toEqual({
      ours: [path],
      theirs: expect.stringContaining('violates PodSecurity "restricted:latest"'),
    });
  });
});

test('a privileged container is refused by both, for all that it gets', async () => {
  const spec = withContext({ privileged: true, allowPrivilegeEscalation: true });
  expect({ ours: unrestricted(spec), theirs: await refusal(spec) }).toEqual({
    ours: ['containers[0].securityContext.privileged', 'containers[0].securityContext.allowPrivilegeEscalation'],
    theirs: expect.stringContaining('privileged (container "a" must not set securityContext.privileged=true)'),
  });
});
