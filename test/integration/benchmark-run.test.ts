import { afterEach, describe, expect, test } from '@jest/globals';
import { configMaps } from '../../operator/kube/object.ts';
import { runs, ScriptedCluster } from './scripted-cluster.ts';
import type { Script } from './scripted-cluster.ts';

let cluster: ScriptedCluster;

async function started(script: Script): Promise<ScriptedCluster> {
  cluster = new ScriptedCluster(script);
  await cluster.start();
  return cluster;
}

afterEach(async () => {
  await cluster.stop();
});

const sleep = { sleep: { duration: '1s' } };
const member = { labels: { 'assay.dev/set': 'sweep' } };

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
  await cluster.until(async () => (await cluster.pods()).length === 0);
  const results = await cluster.client.get(configMaps, { name: 'nap-results', namespace: 'bench' });
  expect(Object.keys((results as { data?: object }).data ?? {})).toContain('results.csv');
});

describe('API writes', () => {
  test('a member of one pod costs four beside its own creation, and no log read', async () => {
    await started(runs());
    await cluster.create('nap', sleep, member);
    await cluster.untilPhase('nap', 'Succeeded');
    await cluster.until(async () => (await cluster.pods()).length === 0);
    expect(cluster.transport.writes).toEqual([
      'POST pods',
      'PUT benchmarks/nap/status',
      'PUT benchmarks/nap/status',
      'DELETE pods/nap-sleeper-0',
    ]);
    expect(cluster.transport.reads.filter((read) => read.endsWith('/log'))).toEqual([]);
  });
});
