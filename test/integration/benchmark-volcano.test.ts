// Runs whose pods Volcano makes, with a Volcano by script: what real Volcano does with them is in test/e2e.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { BenchmarkSpec } from '../../operator/api/types.ts';
import { volcanoJobs } from '../../operator/backends/volcano-job.ts';
import { podGroups } from '../../operator/backends/volcano-waiting.ts';
import { pods } from '../../operator/kube/object.ts';
import { ScriptedCluster } from './scripted-cluster.ts';
import { fails, pairs, succeeds } from './scripted-kubelet.ts';
import type { Script } from './scripted-kubelet.ts';
import type { ScriptedVolcano } from './scripted-volcano.ts';

let cluster: ScriptedCluster;
let volcano: ScriptedVolcano;

const spec: BenchmarkSpec = { iperf: {}, backend: 'Volcano' };
async function started(script = pairs()): Promise<void> {
  cluster = new ScriptedCluster(script);
  await cluster.start();
  volcano = await cluster.startVolcano();
}

const reconciling = () => cluster.reconciling('net');
const nothingLeft = () => cluster.untilNone([pods, volcanoJobs, podGroups]);

afterEach(async () => {
  await cluster.stop();
});

describe('a pair', () => {
  beforeEach(async () => {
    await started();
    await cluster.create('net', spec, { labels: { 'assay.dev/set': 'sweep' } });
  });

  test('KP-45 has a number, and leaves nothing behind', async () => {
    expect(await cluster.untilPhase('net', 'Succeeded')).toMatchObject({ attempts: [{ outcome: 'Succeeded' }] });
    await nothingLeft();
  });

  test('costs seven writes beside its own creation', async () => {
    await cluster.untilPhase('net', 'Succeeded');
    await nothingLeft();
    expect(cluster.wire.writes.length).toBeLessThanOrEqual(7);
    expect(cluster.wire.writes.filter((write) => !write.includes('/status'))).toEqual([
      'POST jobs',
      'PATCH pods/net-client-0',
      'DELETE jobs/net',
    ]);
  });

  test('names its pods in the status, once they are made', async () => {
    const { attempts = [] } = await cluster.untilPhase('net', 'Succeeded');
    expect(attempts[0]?.pods.map(({ name, node }) => `${name} ${node}`)).toEqual(['net-server-0 node-1', 'net-client-0 node-2']);
  });
});

describe('a gang that the queue does not let in', () => {
  beforeEach(async () => {
    await started();
    volcano.full = 'queue resource quota insufficient';
    await cluster.create('net', { ...spec, timeouts: { pending: '20s' } });
  });

  test('says why', async () => {
    await cluster.untilPhase('net', 'Preparing');
    expect(await reconciling()).toMatchObject({ reason: 'Unschedulable', message: expect.stringContaining(volcano.full ?? '') });
    expect(await cluster.podNames()).toEqual([]);
  });

  test('ends in time, and frees its place in the queue', async () => {
    expect(await cluster.untilPhase('net', 'Failed', { limit: 30_000 })).toMatchObject({ attempts: [{ reason: 'Unschedulable' }] });
    await nothingLeft();
  });

  test.each([
    ['suspended', { suspend: true }, 'Suspended'],
    ['cancelled', { cancel: true }, 'Cancelled'],
  ] as const)('frees it when it is %s', async (_, change, phase) => {
    await cluster.untilPhase('net', 'Preparing');
    await cluster.patch('net', change);
    await cluster.untilPhase('net', phase);
    await nothingLeft();
  });

  test('holds its place among the benchmarks meanwhile, also after a restart', async () => {
    await cluster.untilPhase('net', 'Preparing');
    await cluster.stopOperator();
    await cluster.startOperator();
    await cluster.create('next', { sleep: {}, placement: { exclusive: 'Cluster' } });
    await cluster.clock.advance(5000);
    expect(await cluster.podNames()).toEqual([]);
  });

  test('runs when it is let in', async () => {
    await cluster.untilPhase('net', 'Preparing');
    volcano.full = undefined;
    await cluster.untilPhase('net', 'Succeeded');
  });
});

/** A client that ends by itself in the second attempt alone. */
const once: Script = (pod) =>
  pairs((client) => (client.metadata.labels?.['assay.dev/attempt'] === '0' ? undefined : succeeds()(client)))(pod);

describe('an attempt ends with a reason, and the next one runs', () => {
  test.each<[string, () => Promise<void>, string]>([
    ['when its Job is deleted', () => cluster.client.delete(volcanoJobs, { name: 'net', namespace: 'bench' }), 'PodDeleted|JobStopped'],
    ['when its Job is aborted', () => volcano.abort('net'), 'PodDeleted|JobStopped'],
    ['when one of its pods is deleted', () => cluster.client.delete(pods, { name: 'net-server-0', namespace: 'bench' }), 'PodDeleted'],
  ])('%s', async (_, happen, reason) => {
    await started(once);
    await cluster.create('net', { ...spec, retries: 1 });
    await cluster.untilPhase('net', 'Running');
    await happen();
    const { attempts = [] } = await cluster.untilPhase('net', 'Succeeded');
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['Failed', 'Succeeded']);
    expect(attempts[0]?.reason).toMatch(new RegExp(`^(${reason})$`));
    expect(attempts[1]?.pods.map(({ name }) => name)).toEqual(['net-a1-server-0', 'net-a1-client-0']);
    await nothingLeft();
  });

  test('when its Job is deleted before it has pods', async () => {
    await started();
    volcano.full = 'full';
    await cluster.create('net', { ...spec, retries: 1 });
    await cluster.untilPhase('net', 'Preparing');
    volcano.full = undefined;
    await cluster.client.delete(volcanoJobs, { name: 'net', namespace: 'bench' });
    const { attempts = [] } = await cluster.untilPhase('net', 'Succeeded');
    expect(attempts.map(({ outcome, reason }) => reason ?? outcome)).toEqual(['JobStopped', 'Succeeded']);
  });

  test('the reason of a failure is its own, and not that of the abort that follows', async () => {
    await started(pairs(fails('ToolFailed')));
    await cluster.create('net', spec);
    expect(await cluster.untilPhase('net', 'Failed')).toMatchObject({ attempts: [{ reason: 'ToolFailed' }] });
    await nothingLeft();
  });
});

test('pods are kept as the cleanup says, while their PodGroup is freed', async () => {
  await started();
  await cluster.create('net', { ...spec, cleanup: { pods: 'Never' } });
  await cluster.untilPhase('net', 'Succeeded');
  await cluster.until(async () => (await cluster.podNames()).length === 1);
  await cluster.clock.advance(20_000);
  expect([await cluster.podNames(), await cluster.names(volcanoJobs), await cluster.names(podGroups)]).toEqual([
    ['net-client-0'],
    ['net'],
    [],
  ]);
});

test('a run that is suspended resumes with a Job of its own', async () => {
  await started();
  await cluster.create('net', spec);
  await cluster.untilPhase('net', 'Running');
  await cluster.patch('net', { suspend: true });
  await cluster.untilPhase('net', 'Suspended');
  await nothingLeft();
  await cluster.patch('net', { suspend: false });
  const { attempts = [] } = await cluster.untilPhase('net', 'Succeeded');
  expect(attempts.map(({ outcome }) => outcome)).toEqual(['Suspended', 'Succeeded']);
});

test('KP-45 Volcano may be installed after the benchmark came, without a restart of the operator', async () => {
  cluster = new ScriptedCluster(pairs());
  await cluster.start();
  await cluster.create('net', spec);
  await cluster.until(async () => (await reconciling())?.reason === 'BackendMissing');
  expect((await reconciling())?.message).toContain('install Volcano 1.10 or later');
  volcano = await cluster.startVolcano();
  await cluster.untilPhase('net', 'Succeeded', { limit: 30_000 });
});

test("a foreign Job of the benchmark's name is left alone", async () => {
  await started();
  const metadata = { name: 'net', namespace: 'bench' };
  const foreign: typeof metadata & object = metadata;
  await cluster.client.create(volcanoJobs, Object.assign({ metadata: foreign }, { spec: { minAvailable: 0, tasks: [] } }));
  await cluster.create('net', spec);
  expect(await cluster.untilPhase('net', 'Failed')).toMatchObject({ attempts: [{ reason: 'NameConflict' }] });
  expect(await cluster.names(volcanoJobs)).toEqual(['net']);
});
