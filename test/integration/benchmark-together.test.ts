// Pods that a queue admits as a group: all are made at once, and learn their peers when these have addresses.
import { afterEach, describe, expect, test } from '@jest/globals';
import type { BenchmarkSpec } from '../../operator/api/types.ts';
import type { Pod, PodStatus } from '../../operator/backends/pod.ts';
import { pods } from '../../operator/kube/object.ts';
import { refusal } from '../../operator/kube/scripted-transport.ts';
import { ScriptedCluster } from './scripted-cluster.ts';
import { fails, succeeds } from './scripted-kubelet.ts';
import type { Script } from './scripted-kubelet.ts';

let cluster: ScriptedCluster;

const startedAt = '2026-01-01T00:00:01Z';
const spec: BenchmarkSpec = { iperf: {}, queue: 'night' };
const text = '{"version":1,"peers":{"server":["10.0.0.1"]}}';
const isServer = ({ metadata }: Pod) => metadata.labels?.['assay.dev/role'] === 'server';
const isFirst = ({ metadata }: Pod) => metadata.labels?.['assay.dev/attempt'] === '0';

function running(podIP?: string): PodStatus {
  const containerStatuses = [{ name: 'runner', state: { running: { startedAt } } }];
  return { phase: 'Running', ...(podIP === undefined ? {} : { podIP }), containerStatuses };
}

/** A server whose address comes after 3 s, and a client that runs long before. */
const lateServer: Script = (pod) =>
  isServer(pod)
    ? [{ after: 3000, status: running('10.0.0.1') }]
    : [
        { after: 100, status: running('10.0.0.2') },
        { after: 8000, status: succeeds()(pod) },
      ];

async function started(script: Script = lateServer): Promise<void> {
  cluster = new ScriptedCluster(script);
  await cluster.start();
}

async function told(name = 'net-client-0'): Promise<string | undefined> {
  const { metadata } = await cluster.client.get(pods, { name, namespace: 'bench' });
  return metadata.annotations?.['assay.dev/peers'];
}

const patches = () => cluster.wire.writes.filter((write) => write.startsWith('PATCH pods/'));
const reconciling = async () => (await cluster.status('net')).conditions?.find(({ type }) => type === 'Reconciling');

afterEach(async () => {
  await cluster.stop();
});

test('all pods are there before any runs, and one patch tells the client', async () => {
  await started();
  await cluster.create('net', spec);
  await cluster.until(async () => (await cluster.pods()).length > 0);
  expect(await cluster.podNames()).toEqual(['net-client-0', 'net-server-0']);
  await cluster.untilPhase('net', 'Running');
  expect([await told(), await told('net-server-0')]).toEqual([text, undefined]);
  await cluster.untilPhase('net', 'Succeeded');
  await cluster.untilGone();
  expect(patches()).toEqual(['PATCH pods/net-client-0']);
});

test('a member costs seven writes beside its own creation', async () => {
  await started();
  await cluster.create('net', spec, { labels: { 'assay.dev/set': 'sweep' } });
  await cluster.untilPhase('net', 'Succeeded');
  await cluster.untilGone();
  expect(cluster.wire.writes.length).toBeLessThanOrEqual(7);
});

test('it says who waits for whom', async () => {
  await started((pod) => (isServer(pod) ? [{ after: 100, status: running() }] : [{ after: 100, status: running('10.0.0.2') }]));
  await cluster.create('net', spec);
  await cluster.untilPhase('net', 'Preparing');
  expect(await reconciling()).toMatchObject({
    reason: 'Starting',
    message: 'net-client-0 runs and waits for the address of every server',
  });
});

test('a server that never gets an address ends the run in time, by a reason that names it', async () => {
  await started((pod) => [{ after: 100, status: running(isServer(pod) ? undefined : '10.0.0.2') }]);
  await cluster.create('net', { ...spec, timeouts: { pending: '20s' } });
  const { attempts = [] } = await cluster.untilPhase('net', 'Failed', { limit: 30_000 });
  expect(attempts).toMatchObject([
    { reason: 'PendingTimeout', message: expect.stringContaining('net-client-0 runs and waits for the address of every server') },
  ]);
});

describe('whatever happens meanwhile', () => {
  test('an operator that starts later tells what the one before it could not', async () => {
    await started();
    await cluster.create('net', spec);
    await cluster.until(async () => (await cluster.pods()).length === 2);
    await cluster.stopOperator();
    await cluster.clock.advance(5000);
    expect(await told()).toBeUndefined();
    await cluster.startOperator();
    await cluster.untilPhase('net', 'Succeeded');
    expect(patches()).toEqual(['PATCH pods/net-client-0']);
  });

  test('an operator that starts later does not tell again what was told', async () => {
    await started();
    await cluster.create('net', spec);
    await cluster.untilPhase('net', 'Running');
    await cluster.stopOperator();
    await cluster.startOperator();
    await cluster.untilPhase('net', 'Succeeded');
    expect(patches()).toEqual(['PATCH pods/net-client-0']);
  });

  test('what somebody removed is told again', async () => {
    await started();
    await cluster.create('net', spec);
    await cluster.untilPhase('net', 'Running');
    const metadata = { annotations: { 'assay.dev/peers': null } };
    await cluster.client.patch(pods, { name: 'net-client-0', namespace: 'bench' }, { metadata }, { type: 'merge' });
    await cluster.until(async () => (await told()) === text);
    expect(patches()).toHaveLength(2);
  });

  test('a patch that the API server refuses is tried again, with what is wrong in the condition', async () => {
    await started((pod) => lateServer(pod).filter(({ status }) => status.phase === 'Running'));
    const denied = refusal(403, 'Forbidden', {}, { message: 'pods "net-client-0" is forbidden: cannot patch' });
    cluster.wire.intercept = ({ method, path }) => (method === 'PATCH' && path.includes('/pods/') ? denied : undefined);
    await cluster.create('net', spec);
    await cluster.until(async () => (await reconciling())?.reason === 'ConfigError');
    expect((await reconciling())?.message).toContain('net-client-0: ');
    cluster.wire.intercept = () => undefined;
    await cluster.until(async () => (await told()) === text);
    expect(patches().length).toBeGreaterThan(1);
  });
});

test('a retry is another group, told anew', async () => {
  await started((pod) => [
    { after: 100, status: running(isFirst(pod) ? '10.0.0.1' : '10.0.0.7') },
    ...(isServer(pod) ? [] : [{ after: 4000, status: (isFirst(pod) ? fails('ToolFailed') : succeeds())(pod) }]),
  ]);
  await cluster.create('net', { ...spec, retries: 1 });
  const groups = new Set<string | undefined>();
  await cluster.until(async () => {
    for (const { metadata } of await cluster.pods()) groups.add(metadata.labels?.['kueue.x-k8s.io/pod-group-name']);
    return (await cluster.status('net')).phase === 'Succeeded';
  });
  expect([...groups]).toEqual([expect.stringMatching(/^net-[0-9a-f]{8}$/), expect.stringMatching(/^net-[0-9a-f]{8}-a1$/)]);
  expect(patches()).toEqual(['PATCH pods/net-client-0', 'PATCH pods/net-client-0-a1']);
});
