// What a standby does that comes to lead while its watches lag behind what the leader before it did.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { MemoryApi } from '../../local/api/memory-api.ts';
import { definitionOf, kinds } from '../../operator/api/crds.ts';
import type { Benchmark } from '../../operator/api/types.ts';
import { KubeClient } from '../../operator/kube/client.ts';
import { FakeClock } from '../../operator/kube/fake-clock.ts';
import { benchmarks, pods } from '../../operator/kube/object.ts';
import type { ApiReply, ApiRequest, Transport, WatchReply } from '../../operator/kube/transport.ts';
import { Operator } from '../../operator/operator.ts';
import { runs, ScriptedKubelet } from './scripted-kubelet.ts';

/** A way to the server whose watches can be stopped without a word, and that counts the pods made through it. */
class LaggingWire implements Transport {
  readonly created: string[] = [];
  /** Kinds by plural whose events do not come any more. */
  readonly late = new Set<string>();
  readonly #inner: Transport;

  constructor(inner: Transport) {
    this.#inner = inner;
  }

  async send(request: ApiRequest, signal?: AbortSignal): Promise<ApiReply> {
    if (request.method === 'POST' && request.path.endsWith('/pods')) this.created.push(request.path);
    return await this.#inner.send(request, signal);
  }

  async watch(request: ApiRequest, signal: AbortSignal): Promise<WatchReply> {
    const reply = await this.#inner.watch(request, signal);
    return { ...reply, events: this.#punctual(reply.events, request.path.split('/').at(-1) ?? '') };
  }

  async close(): Promise<void> {
    await this.#inner.close();
  }

  async *#punctual(events: AsyncIterable<unknown>, plural: string): AsyncGenerator {
    for await (const event of events) if (!this.late.has(plural)) yield event;
  }
}

let clock: FakeClock;
let api: MemoryApi;
let client: KubeClient;
let kubelet: ScriptedKubelet;
let wire: LaggingWire;
let leader: Operator;
let standby: Operator;

beforeEach(async () => {
  clock = new FakeClock();
  api = new MemoryApi({ clock, createNamespaces: true });
  for (const kind of kinds) api.install(definitionOf(kind));
  client = new KubeClient(api, { clock });
  kubelet = new ScriptedKubelet(client, clock, runs(), ['node-1']);
  await clock.until(kubelet.start());
  wire = new LaggingWire(api);
  [leader, standby] = [new KubeClient(api, { clock }), new KubeClient(wire, { clock })].map(
    (own) => new Operator({ client: own, clock, images: { tag: 'test' } }),
  ) as [Operator, Operator];
  await clock.until(Promise.all([leader.watch(), standby.watch()]));
  await leader.work();
});

afterEach(async () => {
  await clock.until(Promise.all([leader.stop(), standby.stop()]));
  await kubelet.stop();
  await api.close();
});

async function create(name: string): Promise<void> {
  const spec = { sleep: { duration: '1s' } };
  await client.create<Benchmark>(benchmarks, {
    apiVersion: 'assay.dev/v1alpha1',
    kind: 'Benchmark',
    metadata: { name, namespace: 'bench' },
    spec,
  });
  await clock.advance(1);
}

async function phase(name: string): Promise<string | undefined> {
  return (await client.get<Benchmark>(benchmarks, { name, namespace: 'bench' })).status?.phase;
}

test('a run that ended meanwhile does not begin once more', async () => {
  wire.late.add('pods');
  await create('nap');
  wire.late.add('benchmarks');
  await clock.advance(10_000);
  expect([await phase('nap'), (await client.list(pods)).items]).toEqual(['Succeeded', []]);
  await clock.until(leader.stop());
  await clock.until(standby.takeOver());
  await clock.advance(10_000);
  expect(wire.created).toEqual([]);
});

test('a run that was made meanwhile is begun at once', async () => {
  wire.late.add('benchmarks');
  await clock.until(leader.stop());
  await create('nap');
  await clock.until(standby.takeOver());
  wire.late.clear();
  await clock.advance(10_000);
  expect([await phase('nap'), wire.created.length]).toEqual(['Succeeded', 1]);
});

test('a standby that is stopped before it has caught up begins nothing', async () => {
  await clock.until(leader.stop());
  await create('nap');
  const taken = standby.takeOver();
  const stopped = standby.stop();
  await clock.until(Promise.all([taken, stopped]));
  await clock.advance(10_000);
  expect(wire.created).toEqual([]);
});
