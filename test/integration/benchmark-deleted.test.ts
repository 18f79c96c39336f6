// A Benchmark that is deleted while its pods are being made takes along what is its own, and nothing else.
import { afterEach, describe, expect, test } from '@jest/globals';
import { benchmarks, configMaps, persistentVolumeClaims, pods } from '../../operator/kube/object.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import type { ApiRequest } from '../../operator/kube/transport.ts';
import { ScriptedCluster } from './scripted-cluster.ts';
import { runs, succeeds } from './scripted-kubelet.ts';

let cluster: ScriptedCluster;

afterEach(async () => {
  await cluster.stop();
});

const foreign: KubeObject = { metadata: { name: 'theirs', namespace: 'bench', labels: { 'app.kubernetes.io/part-of': 'assay' } } };

/** @param writes of the operator after which the Benchmark goes @returns the operator's deletions */
async function deletedAfter(writes: number): Promise<ApiRequest[]> {
  const deletions: ApiRequest[] = [];
  cluster = new ScriptedCluster(runs(succeeds(), 5000));
  await cluster.start();
  cluster.wire.intercept = (request) => {
    if (request.method === 'DELETE') deletions.push(request);
    return undefined;
  };
  const spec = { containers: [{ name: 'c', image: 'i' }] };
  await cluster.client.create<KubeObject & { spec: object }>(pods, { ...foreign, spec });
  await cluster.client.create(configMaps, foreign);
  await cluster.client.create(persistentVolumeClaims, foreign);
  const volume = { claimTemplate: { size: '1Gi' } };
  await cluster.create('disk', { fio: { workers: 2, volume } });
  await cluster.until(() => cluster.wire.writes.length >= writes);
  await cluster.client.delete(benchmarks, { name: 'disk', namespace: 'bench' }, { propagationPolicy: 'Background' });
  await cluster.clock.advance(60_000);
  return deletions;
}

describe.each([0, 1, 2, 3, 4, 5])('KP-33 a benchmark deleted after %d writes of the operator', (writes) => {
  test('leaves what is not its own', async () => {
    await deletedAfter(writes);
    const left = await Promise.all(
      [pods, configMaps, persistentVolumeClaims].map((kind) => cluster.client.list(kind, { namespace: 'bench' })),
    );
    expect(left.map(({ items }) => items.map(({ metadata }) => metadata.name).filter((name) => name === 'theirs'))).toEqual([
      ['theirs'],
      ['theirs'],
      ['theirs'],
    ]);
  });

  test('has nothing deleted but by name and UID', async () => {
    const deletions = await deletedAfter(writes);
    const loose = deletions.filter(
      ({ path, body }) => !/\/(pods|persistentvolumeclaims)\/disk-[^/]+$/.test(path) || !JSON.stringify(body ?? {}).includes('"uid"'),
    );
    expect(loose).toEqual([]);
  });
});
