// What goes wrong on real nodes ends as Failed, with its reason and what to do, in bounded time, and leaves nothing.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BenchmarkSpec } from '../../operator/api/types.ts';
import { type Conduct, watchConduct } from './conduct.ts';
import { RealCluster } from './real-cluster.ts';
import { install } from './release.ts';
import type { Space } from './space.ts';

interface Failure {
  name: string;
  spec: BenchmarkSpec;
  reason: string;
  /** What happened, and what to do about it. */
  message: RegExp;
}

// Several files on a RAM disk that is smaller than one of them, read and written through the page cache.
const ramDisk = { rw: 'write', blockSize: '64Ki', engine: 'psync', direct: false, runtime: '5s' } as const;

const failures: Failure[] = [
  {
    name: 'image-missing',
    spec: { sleep: {}, pod: { image: 'ghcr.io/assay/no-such-image:1' }, timeouts: { pending: '30s' } },
    reason: 'ImagePullFailed',
    message: /no-such-image.*check spec\.pod\.image/s,
  },
  {
    name: 'image-never',
    spec: { sleep: {}, pod: { image: 'ghcr.io/assay/no-such-image:1', imagePullPolicy: 'Never' } },
    reason: 'ImagePullFailed',
    message: /ErrImageNeverPull/,
  },
  {
    name: 'disk-full',
    spec: { fio: { ...ramDisk, size: '64Mi', volume: { emptyDir: { medium: 'Memory', sizeLimit: '8Mi' } } } },
    reason: 'ToolFailed',
    message: /No space left on device/,
  },
  {
    name: 'out-of-memory',
    spec: {
      fio: { ...ramDisk, size: '512Mi', volume: { emptyDir: { medium: 'Memory' } } },
      pod: { resources: { limits: { memory: '128Mi' } } },
    },
    reason: 'OutOfMemory',
    message: /spec\.pod\.resources\.limits\.memory/,
  },
  {
    name: 'no-such-node',
    spec: { sleep: {}, placement: { nodes: { sleeper: 'no-such-node' } }, timeouts: { pending: '10s' } },
    reason: 'Unschedulable',
    message: /0\/2 nodes are available: 2 node\(s\) didn't satisfy plugin\(s\) \[NodeAffinity\].*; free a node, or ask for less in/s,
  },
  {
    name: 'too-large',
    spec: { sleep: {}, pod: { resources: { requests: { memory: '1Ti' } } }, timeouts: { pending: '10s' } },
    reason: 'Unschedulable',
    message: /2 Insufficient memory.*; free a node, or ask for less in spec\.pod\.resources/s,
  },
  {
    name: 'too-long',
    spec: { sleep: { duration: '5m' }, timeouts: { running: '5s' } },
    reason: 'RunningTimeout',
    message: /no result after 5s \(spec\.timeouts\.running\)/,
  },
  {
    name: 'no-such-claim',
    spec: { fio: { volume: { claimName: 'no-such-claim' } }, timeouts: { pending: '10s' } },
    reason: 'PendingTimeout',
    message: /persistentvolumeclaim "no-such-claim" not found.*; check the claim/,
  },
];

let cluster: RealCluster;
let space: Space;
let conduct: Conduct;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  await install(cluster);
  conduct = await watchConduct(cluster);
  space = await cluster.space('failures');
  // Side by side: none waits for another's place, and each takes as long as its own limit.
  await Promise.all(failures.map(({ name, spec }) => space.create(name, alone(spec))));
}, 240_000);

afterAll(() => cluster?.close(), 60_000);

function alone(spec: BenchmarkSpec): BenchmarkSpec {
  return { ...spec, placement: { ...spec.placement, exclusive: 'None' } };
}

describe.each(failures)('$name', ({ name, reason, message }) => {
  test(`fails as ${reason} within its limits, and says what to do`, async () => {
    const { status } = await space.untilPhase(name, 'Failed', 120_000);
    const told = status?.conditions?.find(({ type }) => type === 'Failed');
    expect(told).toMatchObject({ status: 'True', reason, message: expect.stringMatching(message) });
  }, 130_000);

  test('has no figures, and one attempt with the same reason', async () => {
    const { status } = await space.benchmark(name);
    expect(status?.metrics).toBeUndefined();
    expect(status?.attempts).toMatchObject([{ outcome: 'Failed', reason }]);
  });
});

test('a pod that somebody deletes fails its run, and is not made again', async () => {
  await space.create('robbed', alone({ sleep: { duration: '5m' } }));
  await space.untilPhase('robbed', 'Running', 60_000);
  await space.kubectl(['delete', 'pod', 'robbed-sleeper-0', '--wait=false']);
  const { status } = await space.untilPhase('robbed', 'Failed', 60_000);
  expect(status?.attempts).toMatchObject([
    { outcome: 'Failed', reason: 'PodDeleted', message: expect.stringContaining('robbed-sleeper-0') },
  ]);
}, 130_000);

test('a pod that is evicted, as when its node is drained, fails its run and names the node', async () => {
  await space.create('drained', alone({ sleep: { duration: '5m' } }));
  await space.untilPhase('drained', 'Running', 60_000);
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'drained-sleeper-0', namespace: space.name } };
  const path = `/api/v1/namespaces/${space.name}/pods/drained-sleeper-0/eviction`;
  await space.kubectl(['create', '--raw', path, '--filename', '-'], JSON.stringify(eviction));
  const { status } = await space.untilPhase('drained', 'Failed', 60_000);
  expect(status?.attempts).toMatchObject([
    { outcome: 'Failed', reason: 'PodEvicted', message: expect.stringMatching(/EvictionByEvictionAPI.*\(node n[12]\)/s) },
  ]);
}, 130_000);

test('a quota without room fails the run, and names the quota', async () => {
  const crowded = await cluster.space('quota');
  await crowded.kubectl(['create', 'quota', 'none', '--hard=pods=0']);
  // The quota refuses from the moment on at which its controller has counted.
  await crowded.wait(['quota/none'], 'jsonpath={.status.hard.pods}=0', 30);
  await crowded.create('nap', alone({ sleep: {}, timeouts: { pending: '10s' } }));
  const { status } = await crowded.untilPhase('nap', 'Failed', 60_000);
  expect(status?.conditions?.find(({ type }) => type === 'Failed')).toMatchObject({
    reason: 'QuotaExceeded',
    message: expect.stringMatching(/exceeded quota: none.*raise the quota of the namespace/s),
  });
}, 130_000);

test('a failed run with retries has a pod and a record for each attempt', async () => {
  await space.create('twice', alone({ ...failures.find(({ name }) => name === 'disk-full')?.spec, retries: 1 }));
  const { status } = await space.untilPhase('twice', 'Failed', 120_000);
  expect(status?.attempts).toMatchObject([
    { index: 0, outcome: 'Failed', reason: 'ToolFailed', pods: [{ name: 'twice-worker-0' }] },
    { index: 1, outcome: 'Failed', reason: 'ToolFailed', pods: [{ name: 'twice-worker-0-a1' }] },
  ]);
}, 130_000);

test('no pods and no claims are left', async () => {
  await space.untilNoPods(60_000);
  expect(await space.kubectl(['get', 'pvc', '--output', 'name'])).toBe('');
}, 70_000);

test('the operator met no refusal and was not restarted', async () => {
  expect([await conduct.refused(), await conduct.restarts()]).toEqual([[], []]);
});
