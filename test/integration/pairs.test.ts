// Sweeps over the pairs of a cluster's nodes, on a real API server and with the rights of the chart. Nothing runs here: what is made counts.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Benchmark, BenchmarkSetSpec } from '../../operator/api/types.ts';
import { nodes } from '../../operator/kube/object.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import { operatorUser, TestCluster } from './cluster.ts';
import type { TestNamespace } from './namespace.ts';
import { text } from './requests.ts';
import { until } from './until.ts';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await TestCluster.start();
  for (const name of ['hpc-1', 'hpc-2', 'hpc-3', 'hpc-4', 'hpc-5']) await addNode(name, { pool: 'hpc' });
  await addNode('web-1', { pool: 'web' });
  await addNode('gpu-1', { pool: 'gpu' });
  await addNode('gpu-2', { pool: 'gpu' }, { unschedulable: true });
  await cluster.startOperator();
}, 120_000);

afterAll(() => cluster.stop(), 30_000);

/** A node that a kubelet has registered and the controllers have found to be well. */
async function addNode(name: string, labels: Record<string, string>, spec: object = {}): Promise<void> {
  const node: KubeObject & { spec: object } = { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec };
  await cluster.client.create(nodes, node);
  const status = { conditions: [{ type: 'Ready', status: 'True' }] };
  await cluster.client.patch(nodes, { name }, { status }, { type: 'merge', subresource: 'status' });
  // The API server taints what is new until a controller has looked at it.
  await cluster.client.patch(nodes, { name }, { spec: { taints: null } }, { type: 'merge' });
}

const sweep = (pool: string, more: Partial<BenchmarkSetSpec> = {}): BenchmarkSetSpec => ({
  template: { spec: { iperf: { duration: '1s' } } },
  matrix: { nodes: { selector: { matchLabels: { pool } } } },
  ...more,
});

const pairOf = ({ spec: { placement } }: Benchmark) => `${placement?.nodes?.['server']} ${placement?.nodes?.['client']}`;

async function untilMembers(space: TestNamespace, count: number): Promise<Benchmark[]> {
  const enough = async () => {
    const members = await space.benchmarks();
    return members.length >= count ? members : undefined;
  };
  return await until(`${count} members`, enough);
}

describe('KP-26 all pairs of five nodes', () => {
  test('are 20 members, each pair once', async () => {
    const space = await cluster.namespace();
    await space.createSet('net', sweep('hpc', { parallelism: 1000 }));
    const pairs = (await untilMembers(space, 20)).map(pairOf);
    expect({ members: pairs.length, pairs: new Set(pairs).size, withItself: pairs.filter((pair) => /^(\S+) \1$/.test(pair)) }).toEqual({
      members: 20,
      pairs: 20,
      withItself: [],
    });
  }, 60_000);

  test('run one after the other unless told otherwise', async () => {
    const space = await cluster.namespace();
    await space.createSet('net', sweep('hpc'));
    await untilMembers(space, 1);
    const set = await space.untilSetPhase('net', 'Running');
    expect([set.status?.members?.total, (await space.benchmarks()).length]).toEqual([20, 1]);
  }, 60_000);

  test('with two numbers of streams are 40 members', async () => {
    const space = await cluster.namespace();
    const { matrix } = sweep('hpc');
    await space.createSet('net', sweep('hpc', { matrix: { ...matrix, product: { 'iperf.streams': [1, 8] } } }));
    expect((await space.untilSetPhase('net', 'Running')).status?.members?.total).toBe(40);
  }, 60_000);

  test('stay those of the start when a node joins', async () => {
    const space = await cluster.namespace();
    await space.createSet('net', sweep('hpc', { parallelism: 1000 }));
    await untilMembers(space, 20);
    await addNode('hpc-6', { pool: 'hpc' });
    const { status } = await space.set('net');
    expect(status?.nodes).toEqual(['hpc-1', 'hpc-2', 'hpc-3', 'hpc-4', 'hpc-5']);
    await cluster.client.delete(nodes, { name: 'hpc-6' });
  }, 60_000);
});

test.each([
  ['one node that matches', 'web', 'spec.matrix.nodes: only web-1 matches'],
  ['one node that takes pods', 'gpu', 'left out: gpu-2 (cordoned)'],
  ['no node', 'none', 'spec.matrix.nodes: no node matches'],
])('a sweep over %s is refused with what is missing, and nothing is made', async (_, pool, said) => {
  const space = await cluster.namespace();
  await space.createSet('net', sweep(pool));
  const { status } = await space.untilSetPhase('net', 'Failed');
  const accepted = status?.conditions?.find(({ type }) => type === 'Accepted');
  expect(accepted).toMatchObject({ status: 'False', reason: 'InvalidSpec', message: expect.stringContaining(said) });
  expect(await space.benchmarks()).toEqual([]);
});

test('nodes are only listed, and the chart gives the right to it', async () => {
  const asked = (await cluster.operatorRequests()).filter(({ object }) => object.startsWith('nodes'));
  expect({ verbs: [...new Set(asked.map(({ verb }) => verb))], refused: (await cluster.missingRights(operatorUser)).map(text) }).toEqual({
    verbs: ['list'],
    refused: [],
  });
});
