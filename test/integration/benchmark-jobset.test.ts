// Runs whose pods a JobSet makes, with a JobSet by script: what the real one does with them is in test/e2e.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { BenchmarkSpec } from '../../operator/api/types.ts';
import { jobs, jobSets } from '../../operator/backends/jobset-object.ts';
import { pods } from '../../operator/kube/object.ts';
import { ScriptedCluster } from './scripted-cluster.ts';
import type { ScriptedJobSet } from './scripted-jobset.ts';
import { fails, pairs, succeeds } from './scripted-kubelet.ts';
import type { Script } from './scripted-kubelet.ts';

let cluster: ScriptedCluster;
let jobSet: ScriptedJobSet;

const spec: BenchmarkSpec = { iperf: {}, backend: 'JobSet' };

async function started(script = pairs()): Promise<void> {
  cluster = new ScriptedCluster(script);
  await cluster.start();
  jobSet = await cluster.startJobSet();
}

/** A client that ends by itself in the second attempt alone. */
const once: Script = (pod) =>
  pairs((client) => (client.metadata.labels?.['assay.dev/attempt'] === '0' ? undefined : succeeds()(client)))(pod);

const reconciling = () => cluster.reconciling('net');
const nothingLeft = () => cluster.untilNone([pods, jobs, jobSets]);

afterEach(async () => {
  await cluster.stop();
});

describe('a pair', () => {
  beforeEach(async () => {
    await started();
    await cluster.create('net', spec, { labels: { 'assay.dev/set': 'sweep' } });
  });

  test('has a number, names its pods, and leaves nothing behind', async () => {
    const { attempts = [] } = await cluster.untilPhase('net', 'Succeeded');
    expect(attempts.map(({ outcome, pods: own }) => [outcome, own.map(({ name, node }) => `${name} ${node}`)])).toEqual([
      ['Succeeded', ['net-server-0-0-abcde node-1', 'net-client-0-0-abcde node-2']],
    ]);
    await nothingLeft();
  });

  test('KP-47 costs seven writes beside its own creation', async () => {
    await cluster.untilPhase('net', 'Succeeded');
    await nothingLeft();
    expect(cluster.wire.writes.length).toBeLessThanOrEqual(7);
    expect(cluster.wire.writes.filter((write) => !write.includes('/status'))).toEqual([
      'POST jobsets',
      'PATCH pods/net-client-0-0-abcde',
      'DELETE jobsets/net',
    ]);
  });
});

describe('in a queue', () => {
  beforeEach(async () => {
    await started(once);
    await cluster.create('net', { ...spec, queue: 'night', retries: 1 });
    await cluster.until(async () => (await reconciling())?.reason === 'SchedulingGated');
  });

  test('it waits without pods, and says for which', async () => {
    expect((await reconciling())?.message).toContain('JobSet net is suspended until queue night admits it');
    expect(await cluster.podNames()).toEqual([]);
  });

  test('it runs when it is admitted, and is another attempt when it has lost its place', async () => {
    await jobSet.suspend('net', false);
    await cluster.untilPhase('net', 'Running');
    await jobSet.suspend('net', true);
    await cluster.until(async () => (await cluster.names(jobSets)).includes('net-a1'));
    await jobSet.suspend('net-a1', false);
    const { attempts = [] } = await cluster.untilPhase('net', 'Succeeded');
    expect(attempts.map(({ outcome, reason }) => reason ?? outcome)).toEqual(['PodEvicted', 'Succeeded']);
    await nothingLeft();
  });
});

describe('an attempt ends with a reason, and the next one runs', () => {
  test.each<[string, () => Promise<unknown>, string]>([
    ['when its JobSet is deleted', () => cluster.client.delete(jobSets, { name: 'net', namespace: 'bench' }), 'PodDeleted|JobStopped'],
    [
      'when one of its pods is deleted',
      () => cluster.client.delete(pods, { name: 'net-server-0-0-abcde', namespace: 'bench' }),
      'PodDeleted',
    ],
  ])('%s', async (_, happen, reason) => {
    await started(once);
    await cluster.create('net', { ...spec, retries: 1 });
    await cluster.untilPhase('net', 'Running');
    await happen();
    const { attempts = [] } = await cluster.untilPhase('net', 'Succeeded');
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['Failed', 'Succeeded']);
    expect(attempts[0]?.reason).toMatch(new RegExp(`^(${reason})$`));
    expect(attempts[1]?.pods.map(({ name }) => name)).toEqual(['net-a1-server-0-0-abcde', 'net-a1-client-0-0-abcde']);
    await nothingLeft();
  });

  test('the reason of a failure is its own, and not that of the JobSet, which fails with it', async () => {
    await started(pairs(fails('ToolFailed')));
    await cluster.create('net', spec);
    expect(await cluster.untilPhase('net', 'Failed')).toMatchObject({ attempts: [{ reason: 'ToolFailed' }] });
    await nothingLeft();
  });
});

test('pods are kept as the cleanup says, those that have ended', async () => {
  await started();
  await cluster.create('net', { ...spec, cleanup: { pods: 'Never' } });
  await cluster.untilPhase('net', 'Succeeded');
  await cluster.until(async () => (await cluster.podNames()).length === 1);
  await cluster.clock.advance(20_000);
  expect([await cluster.podNames(), await cluster.names(jobSets)]).toEqual([['net-client-0-0-abcde'], ['net']]);
});
