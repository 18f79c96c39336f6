import { afterEach, describe, expect, test } from '@jest/globals';
import type { BenchmarkSpec } from '../../operator/api/types.ts';
import type { Pod, PodStatus } from '../../operator/backends/pod.ts';
import { configMaps, pods } from '../../operator/kube/object.ts';
import { refusal } from '../../operator/kube/scripted-transport.ts';
import { ScriptedCluster } from './scripted-cluster.ts';
import { ended, fails, runs } from './scripted-kubelet.ts';
import type { Script } from './scripted-kubelet.ts';

let cluster: ScriptedCluster;

async function started(script: Script): Promise<void> {
  cluster = new ScriptedCluster(script);
  await cluster.start();
}

const isServer = ({ metadata }: Pod) => metadata.labels?.['assay.dev/role'] === 'server';

afterEach(async () => {
  await cluster.stop();
});

const sleep: BenchmarkSpec = { sleep: { duration: '1s' }, timeouts: { pending: '30s', running: '60s' } };
const forever = runs(() => undefined);
const never: Script = () => [];

function stuck(reason: string): Script {
  return () => [
    {
      after: 100,
      status: { phase: 'Pending', containerStatuses: [{ name: 'runner', state: { waiting: { reason, message: 'of the test' } } }] },
    },
  ];
}

function disrupted(reason: string): Script {
  return runs(() => ({ conditions: [{ type: 'DisruptionTarget', status: 'True', reason, message: 'of the test' }] }));
}

const evicted: PodStatus = { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' };

describe('KP-28 every failing path ends in Failed, with its reason, in bounded time', () => {
  test.each<[string, Script, string]>([
    ['image missing', stuck('ImagePullBackOff'), 'ImagePullFailed'],
    ['a name that is no image', stuck('InvalidImageName'), 'ImagePullFailed'],
    ['a Secret missing', stuck('CreateContainerConfigError'), 'ConfigError'],
    ['a pod that never starts', never, 'PendingTimeout'],
    ['a tool that never ends', forever, 'RunningTimeout'],
    ['crash', runs(() => ended('', 139)), 'PodFailed'],
    ['OOM kill', runs(() => ended('', 137, 'OOMKilled')), 'OutOfMemory'],
    ['eviction', runs(() => evicted), 'PodEvicted'],
    ['node gone', disrupted('DeletionByTaintManager'), 'NodeLost'],
    ['no result', runs(() => ended('')), 'ResultMissing'],
    ['a result of somebody else', runs(() => ended(`assay-frame/1 json 2 ${'0'.repeat(64)}\nassay-frame:00000000 {}\n`)), 'ResultCorrupt'],
    ['tool missing', runs(fails('ToolMissing')), 'ToolMissing'],
    ['unparsable output', runs(fails('OutputUnparsable')), 'OutputUnparsable'],
    ['deadline of the tool', runs(fails('ToolTimeout')), 'ToolTimeout'],
  ])('%s', async (_, script, reason) => {
    await started(script);
    await cluster.create('nap', sleep);
    const status = await cluster.untilPhase('nap', 'Failed');
    expect(status).toMatchObject({ attempts: [{ index: 0, outcome: 'Failed', reason }] });
    expect(status.conditions).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'Failed', status: 'True', reason })]));
    expect(status).not.toHaveProperty('metrics');
    expect(cluster.warnings).toHaveLength(1);
    await cluster.untilGone();
  });

  test('no node fits', async () => {
    await started(forever);
    await cluster.create('nap', { ...sleep, placement: { nodes: { sleeper: 'elsewhere' } } });
    const { attempts } = await cluster.untilPhase('nap', 'Failed');
    expect(attempts).toMatchObject([{ reason: 'Unschedulable', message: expect.stringContaining('0/2 nodes are available') }]);
  });

  test.each<[string, object]>([
    ['with a grace', {}],
    ['by force', { gracePeriodSeconds: 0 }],
  ])('pod deleted by hand %s', async (_, options) => {
    await started(forever);
    await cluster.create('nap', sleep);
    await cluster.untilPhase('nap', 'Running');
    await cluster.client.delete(pods, { name: 'nap-sleeper-0', namespace: 'bench' }, options);
    expect(await cluster.untilPhase('nap', 'Failed')).toMatchObject({
      attempts: [{ reason: 'PodDeleted', pods: [{ name: 'nap-sleeper-0', node: 'node-1' }] }],
    });
    await cluster.untilGone();
  });

  test('KP-31 pod deleted by hand while the operator was away', async () => {
    await started(forever);
    await cluster.create('nap', sleep);
    await cluster.untilPhase('nap', 'Running');
    await cluster.stopOperator();
    await cluster.client.delete(pods, { name: 'nap-sleeper-0', namespace: 'bench' }, { gracePeriodSeconds: 0 });
    await cluster.startOperator();
    expect(await cluster.untilPhase('nap', 'Failed')).toMatchObject({ attempts: [{ reason: 'PodDeleted' }] });
  });

  test('the namespace has no quota', async () => {
    await started(forever);
    cluster.wire.intercept = ({ method, path }) =>
      method === 'POST' && path.endsWith('/pods') ? refusal(403, 'Forbidden', {}, { message: 'exceeded quota: small' }) : undefined;
    await cluster.create('nap', sleep);
    const waiting = await cluster.untilPhase('nap', 'Pending');
    expect(waiting.conditions).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'Reconciling', reason: 'QuotaExceeded' })]));
    expect(await cluster.untilPhase('nap', 'Failed')).toMatchObject({ attempts: [{ reason: 'QuotaExceeded', pods: [] }] });
    expect(cluster.wire.writes.filter((write) => write === 'POST pods').length).toBeLessThan(10);
  });

  test('a server that dies takes its pair with it', async () => {
    await started(runs((pod) => (isServer(pod) ? ended('', 137, 'OOMKilled') : undefined)));
    await cluster.create('net', { iperf: {} });
    expect(await cluster.untilPhase('net', 'Failed')).toMatchObject({ attempts: [{ reason: 'OutOfMemory' }] });
    await cluster.untilGone();
  });
});

describe("somebody else's object of a needed name", () => {
  const stranger = {
    metadata: { name: 'nap-sleeper-0', namespace: 'bench', labels: { app: 'theirs' } },
    spec: { containers: [{ name: 'c', image: 'i' }] },
  };

  test('KP-35 is never adopted, and never deleted', async () => {
    await started(never);
    await cluster.client.create(pods, stranger);
    await cluster.create('nap', { ...sleep, retries: 3 });
    expect(await cluster.untilPhase('nap', 'Failed')).toMatchObject({
      attempts: [{ reason: 'NameConflict', message: expect.stringContaining('nap-sleeper-0') }],
    });
    await cluster.clock.advance(60_000);
    expect((await cluster.pods()).map(({ metadata }) => metadata.labels)).toEqual([{ app: 'theirs' }]);
  });

  test('KP-35 a ConfigMap of the name costs the run a warning, not its figures', async () => {
    await started(runs());
    await cluster.client.create(configMaps, { metadata: { name: 'nap-results', namespace: 'bench' } });
    await cluster.create('nap', sleep);
    const status = await cluster.untilPhase('nap', 'Succeeded');
    expect(status).toMatchObject({ metrics: [{ value: 1.002 }], warnings: [expect.stringContaining('nap-results')] });
    expect(status).not.toHaveProperty('resultsRef');
  });
});

describe('a refused spec starts nothing', () => {
  test.each<[string, BenchmarkSpec, string]>([
    ['rights', { ...sleep, network: { host: true } }, 'NotAllowed'],
    ['a combination that the workload refuses', { sleep: { duration: '48h' } }, 'InvalidSpec'],
  ])('%s', async (_, spec, reason) => {
    await started(never);
    await cluster.create('nap', spec);
    const { conditions } = await cluster.untilPhase('nap', 'Failed');
    expect(conditions).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'Accepted', status: 'False', reason })]));
    expect(cluster.wire.writes).toEqual(['PUT benchmarks/nap/status']);
  });
});

test('a refused spec may be mended, and runs then', async () => {
  await started(runs());
  await cluster.create('nap', { ...sleep, network: { host: true } });
  await cluster.untilPhase('nap', 'Failed');
  await cluster.patch('nap', { network: { host: false } });
  expect(await cluster.untilPhase('nap', 'Succeeded')).toMatchObject({
    observedGeneration: 2,
    attempts: [{ index: 0, outcome: 'Succeeded' }],
  });
});

test('a server in trouble is waited out', async () => {
  await started(runs());
  let refused = 0;
  cluster.wire.intercept = ({ method }) => (method !== 'GET' && refused++ < 3 ? refusal(500, 'InternalError') : undefined);
  await cluster.create('nap', sleep);
  expect(await cluster.untilPhase('nap', 'Succeeded')).toMatchObject({ attempts: [{ index: 0 }] });
});
