import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { framesOf } from '../../measure/frame.ts';
import { frameKey } from '../../operator/backends/assignment.ts';
import type { Pod } from '../../operator/backends/pod.ts';
import { benchmarks, configMaps } from '../../operator/kube/object.ts';
import type { ConfigMap } from '../../operator/results/configmap.ts';
import { readResults } from '../../operator/results/read.ts';
import { fio } from '../../runners/fio/workload.ts';
import { ScriptedCluster } from './scripted-cluster.ts';
import { ended, recordOf, runs, succeeds } from './scripted-kubelet.ts';
import type { Script } from './scripted-kubelet.ts';

let cluster: ScriptedCluster;

async function started(script: Script): Promise<void> {
  cluster = new ScriptedCluster(script);
  await cluster.start();
}

afterEach(async () => {
  await cluster.stop();
});

const sleep = { sleep: { duration: '1s' } };
const member = { labels: { 'assay.dev/set': 'sweep' } };
/** iperf's client ends, its server does not. */
const pair = runs((pod) => (pod.metadata.labels?.['assay.dev/role'] === 'server' ? undefined : succeeds()(pod)));

test('a run ends with figures, and nothing of it is left but its results', async () => {
  await started(runs());
  await cluster.create('nap', sleep);
  const status = await cluster.untilPhase('nap', 'Succeeded');
  expect(status).toMatchObject({
    workload: 'sleep',
    summary: '1.00 s',
    metrics: [{ name: 'measuredTime', value: 1.002 }],
    window: { startedAt: '2026-01-01T00:00:01.000000Z' },
    attempts: [{ index: 0, outcome: 'Succeeded', pods: [{ name: 'nap-sleeper-0', role: 'sleeper', node: 'node-1' }] }],
    resultsRef: { kind: 'ConfigMap', name: 'nap-results' },
  });
  await cluster.untilGone();
  const results = await cluster.client.get(configMaps, { name: 'nap-results', namespace: 'bench' });
  expect('data' in results && results.data).toMatchObject({ 'results.csv': expect.stringContaining('measuredTime') });
});

test('the client of a pair is created when its server has an address, and on another node', async () => {
  await started(pair);
  await cluster.create('net', { iperf: {} });
  const { attempts = [] } = await cluster.untilPhase('net', 'Succeeded');
  expect(cluster.wire.writes.slice(0, 2)).toEqual(['POST pods', 'POST pods']);
  expect(new Set(attempts[0]?.pods.map(({ node }) => node)).size).toBe(2);
});

describe('API writes of a member', () => {
  test('one pod: four beside its own creation, and no log is read', async () => {
    await started(runs());
    await cluster.create('nap', sleep, member);
    await cluster.untilPhase('nap', 'Succeeded');
    await cluster.untilGone();
    expect(cluster.wire.writes).toEqual([
      'POST pods',
      'PUT benchmarks/nap/status',
      'PUT benchmarks/nap/status',
      'DELETE pods/nap-sleeper-0',
    ]);
    expect(cluster.wire.reads.filter((read) => read.endsWith('/log'))).toEqual([]);
  });

  test('one pod that runs for a minute: no more', async () => {
    await started(runs(succeeds(), 60_000));
    await cluster.create('nap', sleep, member);
    await cluster.untilPhase('nap', 'Succeeded');
    await cluster.untilGone();
    expect(cluster.wire.writes).toHaveLength(4);
  });

  test('a pair: at most seven', async () => {
    await started(pair);
    await cluster.create('net', { iperf: {} }, member);
    await cluster.untilPhase('net', 'Succeeded');
    await cluster.untilGone();
    expect(cluster.wire.writes.length).toBeLessThanOrEqual(7);
  });
});

describe('a result that is too large for the termination message', () => {
  const series = [
    { name: 'x', unit: 's' as const, start: 0, interval: 1, values: Array.from({ length: 5000 }, (_, index) => Math.sin(index)) },
  ];
  const texts = new Map<string, string>();
  const large = (pod: Pod) => {
    const frames = framesOf({ ...recordOf(pod), series }, frameKey(pod) ?? '');
    texts.set(pod.metadata.name, frames.log ?? '');
    return ended(frames.message);
  };

  test('KP-30 is found in the log behind 200,000 lines of noise, with a forged one after it', async () => {
    await started(runs(large));
    const forged = framesOf({ ...recordOf({ metadata: { name: 'x' } } as Pod), metrics: [] }, 'ff'.repeat(32)).message;
    cluster.logs = (name) => `${'noise\n'.repeat(200_000)}${texts.get(name)}${forged}`;
    await cluster.create('nap', sleep);
    expect(await cluster.untilPhase('nap', 'Succeeded')).toMatchObject({ metrics: [{ value: 1.002 }] });
  });

  test('KP-30 is no result when the log has lost it', async () => {
    await started(runs(large));
    cluster.logs = (name) => (texts.get(name) ?? '').slice(0, 2000);
    await cluster.create('nap', sleep);
    const { attempts, metrics } = await cluster.untilPhase('nap', 'Failed');
    expect(attempts).toMatchObject([{ outcome: 'Failed', reason: 'ResultCorrupt' }]);
    expect(metrics).toBeUndefined();
  });

  test('KP-36 stays out of the status: fio of 4 workers and 16 jobs each is small there, and whole in its results', async () => {
    const report = readFileSync(join(import.meta.dirname, '../../runners/fio/testdata/client_2servers_read_jsonplus.json'), 'utf8');
    const parsed = fio.parse({ stdout: report, stderr: '', exitCode: 0, signal: null });
    const stdout = report.repeat(Math.ceil(1_000_000 / report.length));
    const whole = (pod: Pod) => {
      const metrics = parsed.ok ? parsed.metrics : [];
      const record = { ...recordOf(pod), workload: 'fio', metrics, output: { stdout, stderr: '', truncated: false } };
      const frames = framesOf(record, frameKey(pod) ?? '');
      texts.set(pod.metadata.name, frames.log ?? '');
      return ended(frames.message);
    };
    await started(runs((pod) => (pod.metadata.labels?.['assay.dev/role'] === 'client' ? whole(pod) : undefined)));
    cluster.logs = (name) => texts.get(name) ?? '';
    await cluster.create('disk', { fio: { workers: 4, jobs: 16 }, results: { output: 'Always' }, placement: { exclusive: 'None' } });
    await cluster.untilPhase('disk', 'Succeeded');
    const object = await cluster.client.get(benchmarks, { name: 'disk', namespace: 'bench' });
    expect(JSON.stringify(object).length).toBeLessThan(32 * 1024);
    const { items } = await cluster.client.list<ConfigMap>(configMaps, { namespace: 'bench' });
    expect(readResults(items)['client-0.stdout.txt']).toBe(stdout);
  });
});
