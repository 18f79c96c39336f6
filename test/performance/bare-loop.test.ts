import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { MemoryApi } from '../../local/api/memory-api.ts';
import { definitionOf } from '../../operator/api/crds.ts';
import type { Benchmark, BenchmarkSet } from '../../operator/api/types.ts';
import type { Pod } from '../../operator/backends/pod.ts';
import { podsBackend } from '../../operator/backends/pods.ts';
import { Cache } from '../../operator/kube/cache.ts';
import { KubeClient } from '../../operator/kube/client.ts';
import { benchmarks, benchmarkSets, pods } from '../../operator/kube/object.ts';
import { Reflector } from '../../operator/kube/reflector.ts';
import type { ApiRequest } from '../../operator/kube/transport.ts';
import { AtMost } from './at-most.ts';
import { AwaitedPods } from './awaited-pods.ts';
import { BareLoop } from './bare-loop.ts';
import { Ender } from './ender.ts';
import { pair } from './scenarios/pair.ts';
import { single } from './scenarios/single.ts';
import { setSpec } from './scenario.ts';
import type { Scenario } from './scenario.ts';

const names = { POST: 'create', PUT: 'update', DELETE: 'delete', GET: 'get', PATCH: 'patch' };

/** Passes requests on and remembers them. */
class Wire extends AtMost {
  readonly asked: string[] = [];

  override send(request: ApiRequest, signal?: AbortSignal) {
    const { method, path, body } = request;
    const { name } = (body as { metadata?: { name?: string } } | undefined)?.metadata ?? {};
    const place = path.replace(/^.*\/namespaces\/bench\//, '');
    if (!path.includes('watch')) this.asked.push(`${names[method]} ${place.includes('/') ? place : `${place}/${name}`}`);
    return super.send(request, signal);
  }
}

let api: MemoryApi;
let client: KubeClient;
let ender: Ender;
let kubelet: Reflector<Pod>;

/** As kwok does: a new pod runs at once, with an address. */
function kwok(): Reflector<Pod> {
  const cache = new Cache<Pod>();
  let addresses = 0;
  cache.onChange(({ type, object }) => {
    if (type !== 'Added') return;
    const status = { phase: 'Running', podIP: `10.0.0.${++addresses}`, containerStatuses: [{ name: 'runner', state: { running: {} } }] };
    void client.patch(pods, object.metadata, { status }, { type: 'merge', subresource: 'status' });
  });
  return new Reflector({ client, resource: pods, cache });
}

beforeEach(async () => {
  api = new MemoryApi({ createNamespaces: true });
  for (const kind of ['Benchmark', 'BenchmarkSet'] as const) api.install(definitionOf(kind));
  client = new KubeClient(api);
  ender = new Ender(client);
  kubelet = kwok();
  kubelet.start();
  await ender.start();
});

afterEach(async () => {
  await ender.stop();
  await kubelet.stop();
  await api.close();
});

async function run(scenario: Scenario, members: number, parallelism: number): Promise<{ wire: Wire; set: BenchmarkSet }> {
  const metadata = { name: 'set', namespace: 'bench' };
  const object: BenchmarkSet = {
    apiVersion: 'assay.dev/v1alpha1',
    kind: 'BenchmarkSet',
    metadata,
    spec: setSpec(scenario, members, parallelism),
  };
  const set = await client.create(benchmarkSets, object);
  const wire = new Wire(api, 16);
  const counted = new KubeClient(wire);
  const awaited = new AwaitedPods(counted);
  await awaited.start();
  wire.asked.length = 0;
  await new BareLoop({ creator: counted, client: counted, backend: podsBackend({ tag: 'test' }), awaited }).run(set);
  await awaited.stop();
  return { wire, set };
}

test('a member of one pod costs five writes, in their order', async () => {
  const { wire } = await run(single, 1, 1);
  expect(wire.asked).toEqual([
    'create benchmarks/set-0-0',
    'create pods/set-0-0-sleeper-0',
    'update benchmarks/set-0-0/status',
    'update benchmarks/set-0-0/status',
    'delete pods/set-0-0-sleeper-0',
  ]);
});

test('a pair costs seven, and the client comes when the server has its address', async () => {
  const { wire } = await run(pair, 1, 1);
  expect(wire.asked).toEqual([
    'create benchmarks/set-0-0',
    'create pods/set-0-0-server-0',
    'create pods/set-0-0-client-0',
    'update benchmarks/set-0-0/status',
    'update benchmarks/set-0-0/status',
    'delete pods/set-0-0-server-0',
    'delete pods/set-0-0-client-0',
  ]);
});

test('every member ends well by a status that the API server takes, and no pod is left', async () => {
  const { set } = await run(single, 5, 2);
  const { items } = await client.list<Benchmark>(benchmarks);
  expect(items.map(({ status }) => status?.phase)).toEqual(Array(5).fill('Succeeded'));
  expect(items[0]?.metadata.ownerReferences?.[0]?.uid).toBe(set.metadata.uid);
  expect((await client.list(pods)).items).toEqual([]);
  expect(ender.faults).toEqual([]);
}, 15_000);

test('no more members at once than the set allows', async () => {
  const { wire } = await run(single, 4, 2);
  const open = wire.asked.map((_, index, all) => {
    const so = all.slice(0, index + 1);
    const created = so.filter((what) => what.startsWith('create benchmarks'));
    return created.length - so.filter((what) => what.endsWith('/status')).length / 2;
  });
  expect(Math.max(...open)).toBeLessThanOrEqual(2);
}, 15_000);
