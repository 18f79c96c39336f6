// The rights that benchmarks may ask for: from the values to the operator.
import { beforeAll, expect, test } from '@jest/globals';
import { readPolicy } from '../../operator/benchmark/policy-file.ts';
import { rightsIn } from '../../operator/benchmark/policy.ts';
import { only, operatorFlags, operatorPod, render, type Rendered } from './chart.ts';

let plain: Rendered[];

beforeAll(async () => {
  plain = await render();
}, 60_000);

const policyOf = (objects: readonly Rendered[]) => readPolicy(only(objects, 'ConfigMap', 'assay-policy').data?.['policy.yaml'] ?? '');
const checksum = (objects: readonly Rendered[]) => operatorPod(objects).metadata.annotations['checksum/policy'];

test('allows nothing by default that the operator would not allow without one', () => {
  expect(rightsIn('anywhere', policyOf(plain))).toEqual(rightsIn('anywhere'));
});

test('is what the operator reads, setting by setting', async () => {
  const policy = {
    hostNetwork: true,
    privileged: true,
    root: true,
    privilegeEscalation: true,
    unconfined: true,
    capabilities: ['IPC_LOCK'],
    serviceAccounts: ['bench'],
    volumes: ['configMap'],
    hostPaths: ['/dev/infiniband'],
    networks: ['networks/fast'],
    annotations: ['k8s.v1.cni.cncf.io/networks'],
    priorityClasses: ['high'],
  };
  const read = policyOf(await render({ policy: { ...policy, namespaces: { hpc: { ...policy, hostNetwork: false } } } }));
  expect(read).toEqual({ ...policy, namespaces: { hpc: { ...policy, hostNetwork: false } } });
  // A right that the schema of the values does not know would be missing here.
  expect(Object.keys(policy).toSorted()).toEqual(Object.keys(rightsIn('anywhere')).toSorted());
});

test('starts the operator anew when it changes, and only then', async () => {
  expect(checksum(await render({ policy: { hostNetwork: true } }))).not.toBe(checksum(plain));
  expect(checksum(await render({ commonLabels: { a: 'b' } }))).toBe(checksum(plain));
});

test('lies where the operator looks for it', () => {
  const { volumes, containers } = operatorPod(plain).spec;
  expect(operatorFlags(plain).policy).toBe('/etc/assay/policy.yaml');
  expect([volumes, containers[0]?.volumeMounts]).toEqual([
    [{ name: 'policy', configMap: { name: 'assay-policy' } }],
    [{ name: 'policy', mountPath: '/etc/assay', readOnly: true }],
  ]);
});
