// Kueue itself admits runs on plain pods, as a group, and on JobSets; what its quota does not hold waits.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BenchmarkSpec } from '../../operator/api/types.ts';
import { until } from '../integration/until.ts';
import { openQueue } from './kueue-queue.ts';
import { RealCluster } from './real-cluster.ts';
import { install } from './release.ts';
import type { Space } from './space.ts';

const queue = 'night';

let cluster: RealCluster;
let space: Space;
let closeQueue: (() => Promise<void>) | undefined;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  await install(cluster, { backends: { volcano: true, jobSet: true } });
  space = await cluster.space('kueue');
  // Room for a pair of pods with a tenth of a CPU each.
  closeQueue = await openQueue(cluster, space, queue, '250m');
}, 240_000);

afterAll(async () => {
  await closeQueue?.();
  await cluster?.close();
}, 60_000);

function pair(backend: BenchmarkSpec['backend'], cpu: string): BenchmarkSpec {
  return {
    iperf: { duration: '2s' },
    ...(backend && { backend }),
    queue,
    placement: { exclusive: 'None' },
    pod: { resources: { requests: { cpu } } },
  };
}

describe.each(['Pods', 'JobSet'] as const)('on %s', (backend) => {
  const name = backend.toLowerCase();

  test('a pair is admitted whole, and gives its figures', async () => {
    await space.create(`${name}-fits`, pair(backend, '100m'));
    const { status } = await space.untilPhase(`${name}-fits`, 'Succeeded', 90_000);
    expect(status?.summary).toContain('bit/s');
    // The Workload itself goes with what it stands for.
    const events = ['get', 'events', '--field-selector=reason=Admitted', '--output=jsonpath={.items[*].involvedObject.name}'];
    expect(await space.kubectl(events)).toContain(`${name}-fits`);
  }, 100_000);

  test('what the quota does not hold waits, and says for which queue', async () => {
    await space.create(`${name}-large`, pair(backend, '200m'));
    const waits = async () => {
      const { conditions = [] } = (await space.benchmark(`${name}-large`)).status ?? {};
      return conditions.find(({ type, reason }) => type === 'Reconciling' && reason === 'SchedulingGated');
    };
    expect((await until('a reason to wait', waits, 60_000)).message).toContain(`queue ${queue}`);
    const pods = (await space.pods()).filter(
      ({ metadata, spec }) => metadata.name.startsWith(`${name}-large`) && spec.nodeName !== undefined,
    );
    expect(pods).toEqual([]);
    await space.patch(`${name}-large`, { cancel: true });
    await space.untilPhase(`${name}-large`, 'Cancelled', 60_000);
  }, 160_000);
});

test('a JobSet that loses its place in the queue is evicted, and another attempt waits for a place', async () => {
  await space.create('drained', { ...pair('JobSet', '100m'), iperf: { duration: '10m' }, retries: 1 });
  await space.untilPhase('drained', 'Running', 90_000);
  await space.kubectl(['patch', `clusterqueue/${space.name}`, '--type=merge', '--patch={"spec":{"stopPolicy":"HoldAndDrain"}}']);
  const attempts = async () => (await space.benchmark('drained')).status?.attempts ?? [];
  const second = async () => ((await attempts()).length > 1 ? true : undefined);
  await until('a second attempt', second, 60_000, () => space.evidence());
  expect((await attempts())[0]).toMatchObject({ outcome: 'Failed', reason: 'PodEvicted', message: expect.stringContaining('queue night') });
  await space.patch('drained', { cancel: true });
  await space.untilPhase('drained', 'Cancelled', 60_000);
}, 200_000);
