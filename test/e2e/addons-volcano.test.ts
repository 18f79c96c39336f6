// What Volcano alone gives: gangs in its queues, with its scheduler and priorities.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { BenchmarkSpec } from '../../operator/api/types.ts';
import { until } from '../integration/until.ts';
import { RealCluster } from './real-cluster.ts';
import { install } from './release.ts';
import type { Space } from './space.ts';

let cluster: RealCluster;
let space: Space;

jest.setTimeout(180_000);

const suffix = Math.random().toString(36).slice(2, 8);
const queue = `small-${suffix}`;
const priority = `assay-high-${suffix}`;

/** A pair of which each pod asks for so many cores. */
function pair(cpu: string, more: BenchmarkSpec = {}): BenchmarkSpec {
  return { iperf: { duration: '2s' }, backend: 'Volcano', pod: { resources: { requests: { cpu } } }, ...more };
}

beforeAll(async () => {
  cluster = await RealCluster.connect();
  space = await cluster.space('volcano');
  await install(cluster, { backends: { volcano: true } });
  const items = [
    {
      apiVersion: 'scheduling.volcano.sh/v1beta1',
      kind: 'Queue',
      metadata: { name: queue },
      spec: { weight: 1, capability: { cpu: '100m' } },
    },
    { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: priority }, value: 1000 },
  ];
  await cluster.kubectl(['apply', '--filename', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) });
}, 200_000);

afterAll(async () => {
  await cluster?.kubectl(['delete', `queue/${queue}`, `priorityclass/${priority}`, '--wait=false', '--ignore-not-found']);
  await cluster?.close();
}, 60_000);

async function progress(name: string): Promise<string> {
  const { conditions = [] } = (await space.benchmark(name)).status ?? {};
  const { reason = '', message = '' } = conditions.find(({ type }) => type === 'Reconciling') ?? {};
  return `${reason}: ${message}`;
}

describe('KP-45 Volcano', () => {
  test('schedules the pods of a run, with its priority', async () => {
    await space.create('high', pair('10m', { priorityClassName: priority, cleanup: { pods: 'Never' } }));
    await space.untilPhase('high', 'Succeeded', 90_000);
    const client = (await space.pods()).find(({ metadata }) => metadata.name === 'high-client-0');
    expect(client?.spec).toMatchObject({ schedulerName: 'volcano', priorityClassName: priority, priority: 1000 });
  });

  test('completes the Job of a run whose pods are kept, which ends its server and frees its PodGroup; the figures stay', async () => {
    // Had the operator ended the server, the Job would be aborted.
    await space.wait(['vcjob/high'], 'jsonpath={.status.state.phase}=Completed', 60);
    const left = () => space.kubectl(['get', 'pods,podgroups.scheduling.volcano.sh', '--output=name']);
    await until('the client alone', async () => ((await left()).trim() === 'pod/high-client-0' ? true : undefined), 60_000, left);
    expect((await space.benchmark('high')).status).toMatchObject({ phase: 'Succeeded', attempts: [{ outcome: 'Succeeded' }] });
  });

  test('keeps a gang out that its queue has no room for, says why, and lets it in when there is', async () => {
    await space.create('queued', pair('200m', { queue }));
    await until(
      'the words of the queue',
      async () => (/Unschedulable: .*queue/.test(await progress('queued')) ? true : undefined),
      60_000,
      () => progress('queued'),
    );
    expect((await space.pods()).filter(({ metadata, spec }) => metadata.name.startsWith('queued') && spec.nodeName !== undefined)).toEqual(
      [],
    );
    await cluster.kubectl(['patch', `queue/${queue}`, '--type=merge', '--patch={"spec":{"capability":{"cpu":"1"}}}']);
    await space.untilPhase('queued', 'Succeeded', 120_000);
  });

  test('starts no part of a gang that fits only in part', async () => {
    const roles = { client: { pod: { resources: { requests: { cpu: '64' } } } } };
    await space.create('partly', pair('10m', { roles, timeouts: { pending: '20s' } }));
    const { attempts = [] } = (await space.untilPhase('partly', 'Failed', 90_000)).status ?? {};
    expect(attempts[0]).toMatchObject({ reason: 'Unschedulable' });
    expect(attempts[0]?.pods.filter(({ node }) => node !== undefined)).toEqual([]);
  });

  test('tells of a queue that there is not', async () => {
    await space.create('nowhere', pair('10m', { queue: 'no-such-queue', timeouts: { pending: '15s' } }));
    const { attempts = [] } = (await space.untilPhase('nowhere', 'Failed', 90_000)).status ?? {};
    expect(attempts[0]?.message).toContain('is there a queue no-such-queue?');
  });
});
