// Every way to fail ends in Failed with its reason, in bounded time, on a real API server.
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Reason } from '../../measure/reason.ts';
import type { BenchmarkSpec } from '../../operator/api/types.ts';
import type { PodStatus } from '../../operator/backends/pod.ts';
import { TestCluster } from './cluster.ts';
import type { TestNamespace } from './namespace.ts';
import { text } from './requests.ts';

/** ms that a failing path may take beyond the limits in its spec: reading a log that is not there takes four tries. */
const patience = 15_000;

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await TestCluster.start();
  await cluster.startOperator();
}, 120_000);

afterAll(() => cluster.stop(), 30_000);

/** How a Benchmark failed: the reason in its condition and in its last attempt, and the message. */
async function failure(space: TestNamespace, name: string): Promise<{ reason: string; attempt: string; message: string }> {
  const { status } = await space.untilPhase(name, 'Failed', patience);
  const { reason = '', message = '' } = status?.conditions?.find(({ type, status: value }) => type === 'Failed' && value === 'True') ?? {};
  return { reason, attempt: status?.attempts?.at(-1)?.reason ?? '', message };
}

const nap: BenchmarkSpec = { sleep: { duration: '1s' } };
const hurried: BenchmarkSpec = { ...nap, timeouts: { pending: '2s' } };
const startedAt = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
const waiting = (reason: string, message: string): PodStatus => ({
  phase: 'Pending',
  containerStatuses: [container({ waiting: { reason, message } })],
});
const terminated = (exitCode: number, reason: string): PodStatus => ({
  phase: 'Failed',
  startTime: startedAt,
  containerStatuses: [container({ terminated: { exitCode, reason, startedAt, finishedAt: startedAt } })],
});
const runningPod: PodStatus = { phase: 'Running', startTime: startedAt, containerStatuses: [container({ running: { startedAt } })] };

/** What the API server insists on beside the state. */
function container(state: object) {
  return { name: 'runner', image: 'i', imageID: '', ready: false, restartCount: 0, state };
}

interface Case {
  name: string;
  spec: BenchmarkSpec;
  /** The pod has no node before these. */
  unbound?: true;
  status: PodStatus;
  reason: Reason;
  /** What a person must find in the message. */
  says: RegExp;
}

describe('KP-28 what scheduler, kubelet and node controller say', () => {
  const cases: Case[] = [
    {
      name: 'an image that cannot be pulled',
      spec: hurried,
      status: waiting('ErrImagePull', 'manifest for x:1 not found'),
      reason: 'ImagePullFailed',
      says: /manifest for x:1 not found; check spec\.pod\.image/,
    },
    {
      name: 'an image whose name is none',
      spec: nap,
      status: waiting('InvalidImageName', 'invalid reference format'),
      reason: 'ImagePullFailed',
      says: /InvalidImageName: invalid reference format/,
    },
    {
      name: 'a container that cannot be configured',
      spec: hurried,
      status: waiting('CreateContainerConfigError', 'secret "s" not found'),
      reason: 'ConfigError',
      says: /secret "s" not found/,
    },
    { name: 'a crash', spec: nap, status: terminated(139, 'Error'), reason: 'PodFailed', says: /exit code 139/ },
    { name: 'a kill for memory', spec: nap, status: terminated(137, 'OOMKilled'), reason: 'OutOfMemory', says: /limits\.memory/ },
    {
      name: 'an eviction',
      spec: nap,
      status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' },
      reason: 'PodEvicted',
      says: /low on resource: memory.*node-1/,
    },
    {
      name: 'a pod whose node is lost',
      spec: nap,
      status: {
        ...runningPod,
        conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'DeletionByTaintManager', message: 'node not ready' }],
      },
      reason: 'NodeLost',
      says: /node not ready.*node-1/,
    },
    {
      name: 'a pod that no node fits',
      spec: hurried,
      unbound: true,
      status: {
        phase: 'Pending',
        conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes: Insufficient cpu.' }],
      },
      reason: 'Unschedulable',
      says: /0\/3 nodes: Insufficient cpu; free a node/,
    },
    {
      name: 'a pod that never starts',
      spec: hurried,
      status: waiting('ContainerCreating', ''),
      reason: 'PendingTimeout',
      says: /not running after 2s \(spec\.timeouts\.pending\)/,
    },
    {
      name: 'a pod that ends well without a result',
      spec: nap,
      status: { ...terminated(0, 'Completed'), phase: 'Succeeded' },
      reason: 'ResultMissing',
      says: /nap-sleeper-0/,
    },
  ];

  test.each(cases)(
    '$name: $reason',
    async ({ spec, unbound, status, reason, says }) => {
      const space = await cluster.namespace();
      await space.create('nap', spec);
      await space.untilPod('a pod');
      if (!unbound) await space.bind('nap-sleeper-0', 'node-1');
      await space.setPodStatus('nap-sleeper-0', status);
      const failed = await failure(space, 'nap');
      // No kubelet ends what still runs, and a pod that lives on is in the way of other benchmarks.
      await space.removePods();
      expect(failed).toEqual({ reason, attempt: reason, message: expect.stringMatching(says) });
    },
    40_000,
  );

  test('KP-31 a pod deleted by hand: PodDeleted', async () => {
    const space = await cluster.namespace();
    await space.create('nap', nap);
    await space.untilPod('a pod');
    await space.deletePod('nap-sleeper-0', 0);
    expect(await failure(space, 'nap')).toMatchObject({ reason: 'PodDeleted', message: expect.stringContaining('nap-sleeper-0') });
  }, 40_000);

  test('a namespace without quota for a pod: QuotaExceeded', async () => {
    const space = await cluster.namespace();
    await space.setQuota({ pods: '0' });
    await space.create('nap', hurried);
    expect(await failure(space, 'nap')).toMatchObject({
      reason: 'QuotaExceeded',
      message: expect.stringMatching(/exceeded quota.*raise the quota of the namespace/),
    });
  }, 40_000);

  test('rights that the policy does not grant: NotAllowed, and no pod', async () => {
    const space = await cluster.namespace();
    await space.create('nap', { ...nap, network: { host: true } });
    const { reason, message } = await failure(space, 'nap');
    expect({ reason, message, pods: await space.pods() }).toEqual({
      reason: 'NotAllowed',
      message: expect.stringMatching(/spec\.network\.host.*policy\.hostNetwork: true/),
      pods: [],
    });
  }, 40_000);

  test("somebody else's pod of the needed name: NameConflict, and it stays", async () => {
    const space = await cluster.namespace();
    const spec = { containers: [{ name: 'c', image: 'i' }] };
    await space.createPod({ metadata: { name: 'nap-sleeper-0' }, spec });
    await space.create('nap', nap);
    const { reason } = await failure(space, 'nap');
    expect({ reason, pods: (await space.pods()).length }).toEqual({ reason: 'NameConflict', pods: 1 });
  }, 40_000);
});

describe('KP-30 what happens inside pods', () => {
  let folder: string;

  beforeAll(async () => {
    await cluster.startKubelet();
    folder = await mkdtemp(join(tmpdir(), 'assay-tools-'));
    await tool('lost/nothing', '');
    await tool('crash/sleep', 'kill -SEGV $$');
    await tool('failing/sleep', 'echo out of luck >&2; exit 3');
    await tool('garbled/iperf3', 'echo "{ no json"');
  }, 60_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** A shell script in a folder of its own, to be found in the place of a tool. */
  async function tool(path: string, body: string): Promise<void> {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `#!/bin/sh\n${body}\n`);
    await chmod(file, 0o755);
  }

  /** A pod that finds tools in this folder first, or nowhere else. */
  function finding(name: string, more: string[] = []): NonNullable<BenchmarkSpec['pod']> {
    return { env: [{ name: 'PATH', value: [join(folder, name), ...more].join(delimiter) }] };
  }

  test.each<[string, Reason, () => BenchmarkSpec, RegExp]>([
    [
      'a tool that is not there',
      'ToolMissing',
      () => ({ ...nap, pod: finding('lost') }),
      /sleep is not installed; apt-get install coreutils/,
    ],
    ['a tool that crashes', 'ToolCrashed', () => ({ ...nap, pod: finding('crash') }), /sleep was ended by SIGSEGV/],
    ['a tool that fails', 'ToolFailed', () => ({ ...nap, pod: finding('failing') }), /exit code 3: out of luck/],
    [
      'a tool that says nothing sound',
      'OutputUnparsable',
      () => ({ iperf: { duration: '1s' }, roles: { client: { pod: finding('garbled') } } }),
      /iperf/,
    ],
    ['a run past its limit', 'RunningTimeout', () => ({ sleep: { duration: '1m' }, timeouts: { running: '2s' } }), /after 2s/],
  ])(
    '%s: %s',
    async (_, reason, spec, says) => {
      const space = await cluster.namespace();
      await space.create('run', spec());
      expect(await failure(space, 'run')).toEqual({ reason, attempt: reason, message: expect.stringMatching(says) });
      await space.untilNoPods(patience);
    },
    60_000,
  );

  test('a pod deleted by hand while its tool runs fails the run for that, and gives no figures', async () => {
    const space = await cluster.namespace();
    await space.create('run', { sleep: { duration: '1m' } });
    await space.untilPod('a running pod', ({ status }) => status?.phase === 'Running');
    await space.deletePod('run-sleeper-0');
    const { reason } = await failure(space, 'run');
    const { status } = await space.benchmark('run');
    expect({ reason, metrics: status?.metrics }).toEqual({ reason: 'PodDeleted', metrics: undefined });
  }, 40_000);
});

test('no right was missing', async () => {
  expect((await cluster.missingRights()).map(text)).toEqual([]);
});
