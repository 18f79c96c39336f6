// The pods of MPI runs, as a real API server takes them: over TCP in a restricted namespace, over RDMA where a capability may be added.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { effectiveSpec } from '../../operator/api/parameters.ts';
import type { Benchmark, BenchmarkSpec } from '../../operator/api/types.ts';
import { podsBackend } from '../../operator/backends/pods.ts';
import { pods } from '../../operator/kube/object.ts';
import { workloadOf } from '../../runners/registry.ts';
import { TestCluster } from './cluster.ts';
import type { TestNamespace } from './namespace.ts';

let cluster: TestCluster;
let restricted: TestNamespace;
let privileged: TestNamespace;

beforeAll(async () => {
  cluster = await TestCluster.start();
  restricted = await cluster.namespace({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  privileged = await cluster.namespace({ 'pod-security.kubernetes.io/enforce': 'privileged' });
}, 120_000);

afterAll(() => cluster.stop(), 30_000);

/** What the API server says against the pods of a run; one word each, empty for a pod that it takes. */
async function refusals({ name: namespace }: TestNamespace, name: string, mpiPingPong: BenchmarkSpec['mpiPingPong']): Promise<string[]> {
  const spec = effectiveSpec({ ...(mpiPingPong && { mpiPingPong }) });
  const benchmark: Benchmark = {
    apiVersion: 'assay.dev/v1alpha1',
    kind: 'Benchmark',
    metadata: { name, namespace, uid: `uid-${name}` },
    spec,
  };
  const chosen = workloadOf(spec);
  const roles = chosen?.workload.plan(chosen.parameters) ?? [];
  const run = { benchmark, attempt: 0, roles, peers: { worker: ['10.0.0.2'] }, token: 'ab'.repeat(32) };
  const creations = podsBackend({ registry: 'r', tag: '1' }).objects(run, roles);
  return await Promise.all(
    creations.map(async ({ object }) => {
      try {
        await cluster.client.create(pods, object, { fieldValidation: 'Strict' });
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    }),
  );
}

test.each(['IMB', 'NetPIPE'] as const)('KP-49 the pods of %s over TCP are restricted', async (tool) => {
  expect(await refusals(restricted, `tcp-${tool.toLowerCase()}`, { tool, transport: 'TCP' })).toEqual(['', '']);
});

test.each(['IMB', 'NetPIPE'] as const)('KP-2 the pods of %s over RDMA are taken where they may lock memory', async (tool) => {
  expect(await refusals(privileged, `rdma-${tool.toLowerCase()}`, { tool, transport: 'RDMA' })).toEqual(['', '']);
});

test('KP-2 they ask for nothing else that a restricted namespace refuses', async () => {
  const [said = '', other = ''] = await refusals(restricted, 'rdma', { transport: 'RDMA' });
  expect([said, other]).toEqual([expect.stringContaining('unrestricted capabilities'), expect.stringContaining('IPC_LOCK')]);
  expect(said).not.toMatch(/runAsNonRoot|seccompProfile|allowPrivilegeEscalation|hostPath/);
});
