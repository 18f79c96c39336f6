// What a user sees of a run, and that it is right whatever the operator itself has seen.
import { afterEach, describe, expect, test } from '@jest/globals';
import { terminationMessage } from '../../measure/frame.ts';
import type { Benchmark } from '../../operator/api/types.ts';
import { frameKey } from '../../operator/backends/assignment.ts';
import type { Pod } from '../../operator/backends/pod.ts';
import { Cache } from '../../operator/kube/cache.ts';
import { benchmarks } from '../../operator/kube/object.ts';
import { Reflector } from '../../operator/kube/reflector.ts';
import { ScriptedCluster } from './scripted-cluster.ts';
import { ended, recordOf, runs, succeeds } from './scripted-kubelet.ts';
import type { Script } from './scripted-kubelet.ts';

let cluster: ScriptedCluster;

afterEach(async () => {
  await cluster.stop();
});

async function started(script: Script): Promise<void> {
  cluster = new ScriptedCluster(script);
  await cluster.start();
}

const sleep = { sleep: { duration: '1s' } };
const isServer = ({ metadata }: Pod) => metadata.labels?.['assay.dev/role'] === 'server';

test('KP-27 a watch sees every phase in its order, and every pod with its node and address', async () => {
  // Slow enough for each phase to be written: what passes in a moment is not.
  await started((pod) =>
    runs(
      (one) => (isServer(one) ? undefined : succeeds()(one)),
      20_000,
    )(pod).map(({ after, status }) => ({ after: after + 20_000, status })),
  );
  const seen: Benchmark[] = [];
  const cache = new Cache<Benchmark>();
  cache.onChange(({ object }) => void seen.push(object));
  const watch = new Reflector({ client: cluster.client, resource: benchmarks, cache, clock: cluster.clock });
  watch.start();
  await cluster.create('net', { iperf: {} });
  await cluster.untilPhase('net', 'Succeeded');
  await cluster.clock.until(watch.stop());
  const phases = seen.map(({ status }) => status?.phase).filter((phase, index, all) => phase !== undefined && phase !== all[index - 1]);
  expect(phases).toEqual(['Preparing', 'Running', 'Succeeded']);
  expect(seen.at(-1)?.status?.attempts?.[0]?.pods).toEqual([
    { name: 'net-server-0', role: 'server', node: expect.stringMatching(/^node-/), ip: '10.0.0.1' },
    { name: 'net-client-0', role: 'client', node: expect.stringMatching(/^node-/), ip: '10.0.0.1' },
  ]);
});

describe('KP-29 what the operator did not see counts all the same', () => {
  test('a run that ends while the operator is down', async () => {
    await started(runs(succeeds(), 5000));
    await cluster.create('nap', sleep);
    await cluster.untilPhase('nap', 'Running');
    await cluster.stopOperator();
    await cluster.clock.advance(60_000);
    await cluster.startOperator();
    expect(await cluster.untilPhase('nap', 'Succeeded')).toMatchObject({
      metrics: [{ value: 1.002 }],
      attempts: [{ outcome: 'Succeeded' }],
    });
  });

  test('a run that ends within a tenth of a second, without having been seen to run', async () => {
    await started((pod) => [{ after: 50, status: succeeds()(pod) }]);
    await cluster.create('nap', sleep);
    expect(await cluster.untilPhase('nap', 'Succeeded')).toMatchObject({ metrics: [{ value: 1.002 }] });
  });
});

test('KP-37 of 200 members each has the time that its pod measured, however late the operator is', async () => {
  const window = { startedAt: '2026-01-01T00:00:01.250000Z', finishedAt: '2026-01-01T00:00:06.251000Z' };
  await started(runs((pod) => ended(terminationMessage({ ...recordOf(pod), window }, frameKey(pod) ?? '')), 5000));
  const names = Array.from({ length: 200 }, (_, index) => `nap-${index}`);
  await Promise.all(names.map((name) => cluster.create(name, { ...sleep, placement: { exclusive: 'None' } })));
  await cluster.clock.advance(2000);
  await cluster.stopOperator();
  await cluster.clock.advance(120_000);
  await cluster.startOperator();
  for (const name of names) await cluster.untilPhase(name, 'Succeeded', { limit: 600_000 });
  const windows = await Promise.all(names.map(async (name) => (await cluster.status(name)).window));
  expect(new Set(windows.map((seen) => JSON.stringify(seen)))).toEqual(new Set([JSON.stringify(window)]));
}, 120_000);
