// Least rights: what the chart gives the operator, with every backend, is just what it asks for in runs of every kind.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MemoryApi } from '../../local/api/memory-api.ts';
import { definitionOf, kinds } from '../../operator/api/crds.ts';
import type { Benchmark, BenchmarkSet, BenchmarkSetSpec, BenchmarkSpec } from '../../operator/api/types.ts';
import { labels } from '../../operator/backends/labels.ts';
import { KubeClient } from '../../operator/kube/client.ts';
import { FakeClock } from '../../operator/kube/fake-clock.ts';
import { LeaderElector } from '../../operator/kube/leader.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import { benchmarks, benchmarkSets, nodes } from '../../operator/kube/object.ts';
import { refusal } from '../../operator/kube/scripted-transport.ts';
import type { ApiReply, ApiRequest, Transport, WatchReply } from '../../operator/kube/transport.ts';
import { Operator } from '../../operator/operator.ts';
import { only, render, type Rendered } from './chart.ts';
import { jobSetDefinitions, ScriptedJobSet } from './scripted-jobset.ts';
import { ended, pairs, runs, ScriptedKubelet, succeeds, type Script } from './scripted-kubelet.ts';
import { ScriptedVolcano, volcanoDefinitions } from './scripted-volcano.ts';

const verbs = { GET: 'get', POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' } as const;

/** The right that a request takes: `delete jobs of batch.volcano.sh`, `get pods/log`. */
function rightFor({ method, path }: ApiRequest, watch = false): string {
  const [, root, ...words] = path.split('/');
  const group = root === 'apis' ? (words.shift() ?? '') : '';
  const [, ...scoped] = words;
  const [resource = '', name, subresource] = scoped[0] === 'namespaces' ? scoped.slice(2) : scoped;
  const verb = watch ? 'watch' : method === 'GET' && name === undefined ? 'list' : verbs[method];
  return right(verb, group, subresource === undefined ? resource : `${resource}/${subresource}`);
}

function right(verb: string, group: string, resource: string): string {
  return group === '' ? `${verb} ${resource}` : `${verb} ${resource} of ${group}`;
}

/** Notes each right that is used. Of every kind's first creation the reply is lost, so that the operator has to see what is there. */
class NotingWire implements Transport {
  readonly used = new Set<string>();
  readonly #lost = new Set<string>();
  readonly #inner: Transport;

  constructor(inner: Transport) {
    this.#inner = inner;
  }

  async send(request: ApiRequest, signal?: AbortSignal): Promise<ApiReply> {
    const used = rightFor(request);
    this.used.add(used);
    const reply = await this.#inner.send(request, signal);
    if (request.method !== 'POST' || this.#lost.has(used)) return reply;
    this.#lost.add(used);
    return refusal(409, 'AlreadyExists');
  }

  watch(request: ApiRequest, signal: AbortSignal): Promise<WatchReply> {
    this.used.add(rightFor(request, true));
    return this.#inner.watch(request, signal);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}

const clock = new FakeClock();
const api = new MemoryApi({ clock, createNamespaces: true });
const client = new KubeClient(api, { clock });
const wire = new NotingWire(api);
const operator = new Operator({ client: new KubeClient(wire, { clock }), clock, images: { tag: 'test' } });
const others = [
  new ScriptedKubelet(client, clock, (pod) => scripts(pod), ['node-1', 'node-2']),
  new ScriptedVolcano(client, clock),
  new ScriptedJobSet(client, clock),
];
const elector = new LeaderElector({
  client: new KubeClient(wire, { clock }),
  namespace: 'assay-system',
  name: 'assay-operator',
  identity: 'this',
  clock,
  onStarted: () => void operator.takeOver(),
  onLost: () => undefined,
});

/** What becomes of the pods of a benchmark by its name. */
const scripts: Script = (pod) => {
  const name = pod.metadata.labels?.[labels.benchmark] ?? '';
  if (name.startsWith('endless')) return runs(() => undefined)(pod);
  return name === 'silent' ? runs(() => ended(''))(pod) : pairs(succeeds())(pod);
};

const spec: Record<string, BenchmarkSpec> = {
  pair: { iperf: {} },
  claim: { fio: { volume: { claimTemplate: { size: '1Gi' } } } },
  volcano: { iperf: {}, backend: 'Volcano' },
  jobset: { iperf: {}, backend: 'JobSet' },
  silent: { sleep: {} },
  refused: { sleep: {}, network: { host: true } },
};
const sets: Record<string, BenchmarkSetSpec> = {
  sweep: { template: { spec: { iperf: {} } }, matrix: { nodes: {} } },
  endless: { template: { spec: { sleep: {} } } },
};

const apiVersion = 'assay.dev/v1alpha1';
const metadata = (name: string) => ({ name, namespace: 'bench' });

beforeAll(async () => {
  for (const kind of kinds) api.install(definitionOf(kind));
  for (const definition of [...volcanoDefinitions, ...jobSetDefinitions]) api.install(definition);
  for (const name of ['node-1', 'node-2']) {
    const ready = { conditions: [{ type: 'Ready', status: 'True' }] };
    await client.create<KubeObject>(nodes, { metadata: { name } });
    await client.patch(nodes, { name }, { status: ready }, { type: 'merge', subresource: 'status' });
  }
  await clock.until(Promise.all([operator.watch(), ...others.map((one) => one.start())]));
  elector.start();
});

afterAll(async () => {
  await clock.until(Promise.all([operator.stop(), elector.stop()]));
  for (const one of others) await one.stop();
  await api.close();
});

/** Of all benchmarks and sets, by name. */
async function phases(): Promise<Record<string, string | undefined>> {
  const lists = await Promise.all([benchmarks, benchmarkSets].map((kind) => client.list<Benchmark | BenchmarkSet>(kind)));
  return Object.fromEntries(lists.flatMap(({ items }) => items.map(({ metadata: { name }, status }) => [name, status?.phase])));
}

async function untilPhases(expected: Record<string, string>): Promise<void> {
  const isSo = async () => {
    const now = await phases();
    return Object.entries(expected).every(([name, phase]) => now[name] === phase);
  };
  for (let seconds = 0; seconds < 600 && !(await isSo()); seconds++) await clock.advance(1000);
  expect(await phases()).toMatchObject(expected);
}

function rightsOf(rendered: readonly Rendered[]): string[] {
  const roles = [
    only(rendered, 'ClusterRole', 'assay-operator'),
    only(rendered, 'ClusterRole', 'assay-operator-nodes'),
    only(rendered, 'Role', 'assay-operator-lease'),
  ];
  const given = roles.flatMap(({ rules = [] }) =>
    rules.flatMap((rule) =>
      rule.apiGroups.flatMap((group) => rule.resources.flatMap((resource) => rule.verbs.map((verb) => right(verb, group, resource)))),
    ),
  );
  return given.toSorted();
}

test('KP-42 there is no right that nothing uses, and none that is missing', async () => {
  for (const [name, own] of Object.entries(spec)) {
    await client.create<Benchmark>(benchmarks, { apiVersion, kind: 'Benchmark', metadata: metadata(name), spec: own });
  }
  for (const [name, own] of Object.entries(sets)) {
    await client.create<BenchmarkSet>(benchmarkSets, { apiVersion, kind: 'BenchmarkSet', metadata: metadata(name), spec: own });
  }
  await untilPhases({ refused: 'Failed', endless: 'Running' });
  // Refused for the same reason once more, of which the Event is counted up.
  await client.patch(benchmarks, metadata('refused'), { spec: { retries: 1 } }, { type: 'merge' });
  await client.patch(benchmarkSets, metadata('endless'), { spec: { cancel: true } }, { type: 'merge' });
  const succeeded = ['pair', 'claim', 'volcano', 'jobset', 'sweep'].map((name) => [name, 'Succeeded']);
  await untilPhases({ ...Object.fromEntries(succeeded), silent: 'Failed', endless: 'Cancelled' });
  await clock.advance(60_000);
  // Asked by the API server's admission of an owner's reference, where that is switched on, and never by a request.
  const byAdmission = ['benchmarks/finalizers', 'benchmarksets/finalizers'].map((resource) => right('update', 'assay.dev', resource));
  const given = rightsOf(await render({ backends: { volcano: true, jobSet: true } }));
  expect([...wire.used, ...byAdmission].toSorted()).toEqual(given);
}, 60_000);
