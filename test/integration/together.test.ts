// Pods that start together, on a real API server with real agents: what was told arrives in the file.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Attempt, BenchmarkSpec } from '../../operator/api/types.ts';
import type { Pod } from '../../operator/backends/pod.ts';
import { pods } from '../../operator/kube/object.ts';
import { TestCluster } from './cluster.ts';
import type { TestNamespace } from './namespace.ts';
import { text } from './requests.ts';
import { until } from './until.ts';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await TestCluster.start();
  await cluster.startKubelet();
  await cluster.startOperator();
}, 120_000);

afterAll(() => cluster.stop(), 30_000);

interface Ran {
  space: TestNamespace;
  /** Pods as they were made: servers do not outlive the run. */
  made: Pod[];
  attempt: Attempt | undefined;
}

/** A benchmark that came to its end. */
async function ran(count: number, spec: BenchmarkSpec): Promise<Ran> {
  const space = await cluster.namespace();
  await space.create('net', { ...spec, queue: 'night', cleanup: { pods: 'Never' } });
  const made = await until('all pods', async () => {
    const now = await space.pods();
    return now.length === count ? now : undefined;
  });
  const { status } = await space.untilPhase('net', 'Succeeded');
  return { space, made, attempt: status?.attempts?.[0] };
}

describe('a pair in a queue', () => {
  let space: TestNamespace;
  let made: Pod[];
  let attempt: Attempt | undefined;

  beforeAll(async () => {
    ({ space, made, attempt } = await ran(2, { iperf: { duration: '1s' } }));
  }, 60_000);

  test('has a number from a client that found its server', async () => {
    expect((await space.benchmark('net')).status).toMatchObject({ workload: 'iperf', summary: expect.stringContaining('bit/s') });
  });

  test('has pods of one group, with their number', () => {
    const groups = made.map(({ metadata }) => metadata.labels?.['kueue.x-k8s.io/pod-group-name']);
    expect(new Set(groups).size).toBe(1);
    expect(made.map(({ metadata }) => metadata.annotations?.['kueue.x-k8s.io/pod-group-total-count'])).toEqual(['2', '2']);
  });

  test('was told by one patch, after both pods were made', async () => {
    const writes = (await space.writes()).map(text).filter((write) => /^(create|patch) pods/.test(write));
    // Both are asked for at once, and the server may answer either first.
    expect(writes.slice(0, 2).toSorted()).toEqual(['create pods/net-client-0', 'create pods/net-server-0']);
    expect(writes.slice(2)).toEqual(['patch pods/net-client-0']);
  });

  test('knows the address that its server has', async () => {
    const client = (await space.pods()).find(({ metadata }) => metadata.name === 'net-client-0');
    const server = attempt?.pods.find(({ role }) => role === 'server');
    expect(server?.ip).toMatch(/^127\./);
    expect(JSON.parse(client?.metadata.annotations?.['assay.dev/peers'] ?? '')).toEqual({ version: 1, peers: { server: [server?.ip] } });
  });
});

test('several servers are told in the order of their indexes', async () => {
  const { space, attempt } = await ran(3, {
    fio: { runtime: '1s', size: '1Mi', direct: false, workers: 2 },
    placement: { topology: 'Any', exclusive: 'None' },
  });
  const addresses = ['net-worker-0', 'net-worker-1'].map((worker) => attempt?.pods.find(({ name }) => name === worker)?.ip);
  const client = (await space.pods()).find(({ metadata }) => metadata.name === 'net-client-0');
  expect(JSON.parse(client?.metadata.annotations?.['assay.dev/peers'] ?? '')).toMatchObject({ peers: { worker: addresses } });
}, 60_000);

test('a run over a family that the pods do not have ends at once, by name', async () => {
  const space = await cluster.namespace();
  await space.create('net', { iperf: { duration: '1s' }, network: { ipFamily: 'IPv6' }, queue: 'night' });
  const { attempts = [] } = (await space.untilPhase('net', 'Failed', 20_000)).status ?? {};
  expect(attempts).toMatchObject([{ reason: 'AddressMissing', message: expect.stringMatching(/has no IPv6 address, only 127\./) }]);
}, 30_000);

test('a patch with another UID changes nothing, so that no stranger of the same name is told', async () => {
  const space = await cluster.namespace();
  await space.createPod({ metadata: { name: 'stranger' }, spec: { containers: [{ name: 'main', image: 'any:1' }] } });
  const patch = { metadata: { uid: '00000000-0000-4000-8000-000000000000', annotations: { 'assay.dev/peers': 'x' } } };
  const tried = cluster.client.patch(pods, { name: 'stranger', namespace: space.name }, patch, { type: 'merge' });
  await expect(tried).rejects.toMatchObject({ status: 422 });
  expect((await space.pods())[0]?.metadata.annotations).toBeUndefined();
}, 30_000);

test('the operator met no right that it lacks', async () => {
  expect((await cluster.missingRights()).map(text)).toEqual([]);
});
