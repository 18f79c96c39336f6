// Values that are wrong are refused before anything is installed, with their path and what is allowed.
import { expect, test } from '@jest/globals';
import { render, type Values } from './chart.ts';

test.each<[wrong: string, values: Values, message: string]>([
  ['a name that there is not', { replicas: 2 }, "at '': additional properties 'replicas' not allowed"],
  ['a misspelt one', { operator: { replica: 2 } }, "at '/operator': additional properties 'replica' not allowed"],
  ['text for a number', { operator: { replicas: 'two' } }, "at '/operator/replicas': got string, want integer"],
  ['too many', { operator: { replicas: 6 } }, "at '/operator/replicas': maximum: got 6, want 5"],
  ['no requests at all', { operator: { qps: 0 } }, "at '/operator/qps': exclusiveMinimum: got 0, want 0"],
  ['a level', { operator: { logLevel: 'loud' } }, "at '/operator/logLevel': value must be one of 'debug', 'info', 'warn', 'error'"],
  ['a number for a text', { operator: { nodeSelector: { cores: 4 } } }, "at '/operator/nodeSelector/cores': got number, want string"],
  ['no registry', { imageRegistry: '' }, "at '/imageRegistry': '' does not match pattern"],
  [
    'a registry with a scheme',
    { imageRegistry: 'https://registry.example' },
    "at '/imageRegistry': 'https://registry.example' does not match",
  ],
  ['an image in the place of the registry', { runners: { registry: 'registry.example/assay:1' } }, "at '/runners/registry'"],
  ['a short digest', { operator: { image: { digest: 'sha256:12' } } }, "at '/operator/image/digest': 'sha256:12' does not match pattern"],
  [
    'a tag for a digest',
    { runners: { digests: { 'assay-fio': 'latest' } } },
    "at '/runners/digests/assay-fio': 'latest' does not match pattern",
  ],
  ['an image of others', { runners: { digests: { nginx: 'a' } } }, "at '/runners/digests': additional properties 'nginx' not allowed"],
  ['a flag in a tag', { runners: { tag: 'a --policy=b' } }, "at '/runners/tag': 'a --policy=b' does not match pattern"],
  ['one namespace without a list', { namespaces: 'a' }, "at '/namespaces': got string, want array"],
  ['no namespace', { namespaces: [''] }, "at '/namespaces/0': '' does not match pattern"],
  ['two in one', { namespaces: ['a,b'] }, "at '/namespaces/0': 'a,b' does not match pattern"],
  ['one twice', { namespaces: ['a', 'a'] }, "at '/namespaces': items at 0 and 1 are equal"],
  ['a right that there is not', { policy: { hostnetwork: true } }, "at '/policy': additional properties 'hostnetwork' not allowed"],
  ['text for a right', { policy: { privileged: 'yes' } }, "at '/policy/privileged': got string, want boolean"],
  ['one for a list', { policy: { capabilities: 'IPC_LOCK' } }, "at '/policy/capabilities': got string, want array"],
  [
    'a right that there is not, in a namespace',
    { policy: { namespaces: { hpc: { host: true } } } },
    "at '/policy/namespaces/hpc': additional properties 'host' not allowed",
  ],
  ['no name of a namespace', { policy: { namespaces: { H_P: {} } } }, "at '/policy/namespaces': additional properties 'H_P' not allowed"],
  ['a backend that there is not', { backends: { Volcano: true } }, "at '/backends': additional properties 'Volcano' not allowed"],
  ['a backend taken away', { backends: { jobSet: null } }, "at '/backends': missing property 'jobSet'"],
  ['text for a backend', { backends: { volcano: 'yes' } }, "at '/backends/volcano': got string, want boolean"],
  ['a value taken away', { crds: { keep: null } }, "at '/crds': missing property 'keep'"],
  ['a whole group taken away', { rbac: null }, "at '': missing property 'rbac'"],
  ['a Secret as text', { imagePullSecrets: ['login'] }, "at '/imagePullSecrets/0': got string, want object"],
  ['a port', { networkPolicy: { apiServer: { ports: [0] } } }, "at '/networkPolicy/apiServer/ports/0': minimum: got 0, want 1"],
  [
    'a monitor of nothing',
    { metrics: { service: { enabled: false }, serviceMonitor: { enabled: true } } },
    'metrics.serviceMonitor.enabled needs metrics.service.enabled: a ServiceMonitor selects a Service',
  ],
])('%s is refused', async (_, values, message) => {
  await expect(render(values)).rejects.toThrow(message);
});
