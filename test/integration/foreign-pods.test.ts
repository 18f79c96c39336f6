// A cluster is full of pods that are none of ours: they must cost the operator nothing.
import { afterEach, expect, test } from '@jest/globals';
import { MemoryApi } from '../../local/api/memory-api.ts';
import { definitionOf, kinds } from '../../operator/api/crds.ts';
import type { Benchmark } from '../../operator/api/types.ts';
import { KubeClient } from '../../operator/kube/client.ts';
import { FakeClock } from '../../operator/kube/fake-clock.ts';
import { benchmarks, pods } from '../../operator/kube/object.ts';
import type { ApiReply, ApiRequest, Transport, WatchReply } from '../../operator/kube/transport.ts';
import { Operator } from '../../operator/operator.ts';
import { runs, ScriptedKubelet } from './scripted-kubelet.ts';

/** Counts what the operator asks for, and the text of what it is told. */
class Meter implements Transport {
  requests = 0;
  characters = 0;
  readonly #inner: Transport;

  constructor(inner: Transport) {
    this.#inner = inner;
  }

  async send(request: ApiRequest, signal?: AbortSignal): Promise<ApiReply> {
    this.requests++;
    const reply = await this.#inner.send(request, signal);
    // Versions grow with every object of the cluster, and so would their digits.
    this.characters += JSON.stringify(reply.body ?? '').replaceAll(/"resourceVersion":"\d+"/g, '').length;
    return reply;
  }

  async watch(request: ApiRequest, signal: AbortSignal): Promise<WatchReply> {
    const reply = await this.#inner.watch(request, signal);
    return { ...reply, events: this.#counted(reply.events) };
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  async *#counted(events: AsyncIterable<unknown>): AsyncGenerator {
    for await (const event of events) {
      if ((event as { type: string }).type !== 'BOOKMARK')
        this.characters += JSON.stringify(event).replaceAll(/"resourceVersion":"\d+"/g, '').length;
      yield event;
    }
  }
}

const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** One run in a cluster with so many foreign pods, half of which come while it runs. */
async function costAmong(foreign: number): Promise<{ requests: number; characters: number }> {
  const clock = new FakeClock();
  const api = new MemoryApi({ clock, createNamespaces: true });
  for (const kind of kinds) api.install(definitionOf(kind));
  const client = new KubeClient(api, { clock });
  const meter = new Meter(api);
  const operator = new Operator({ client: new KubeClient(meter, { clock }), clock, images: { tag: 'test' } });
  const kubelet = new ScriptedKubelet(client, clock, runs(), ['node-1']);
  ends.push(
    () => api.close(),
    () => kubelet.stop(),
    () => clock.until(operator.stop()),
  );
  await addPods(client, 0, foreign / 2);
  await clock.until(operator.watch());
  await clock.until(operator.work());
  await addPods(client, foreign / 2, foreign);
  // After the foreign pods, so that the scheduler of the test need not look at them.
  await clock.until(kubelet.start());
  await client.create<Benchmark>(benchmarks, {
    apiVersion: 'assay.dev/v1alpha1',
    kind: 'Benchmark',
    metadata: { name: 'nap', namespace: 'bench' },
    spec: { sleep: { duration: '1s' } },
  });
  await clock.advance(20_000);
  const { status } = await client.get<Benchmark>(benchmarks, { name: 'nap', namespace: 'bench' });
  expect(status?.phase).toBe('Succeeded');
  return { requests: meter.requests, characters: meter.characters };
}

async function addPods(client: KubeClient, from: number, to: number): Promise<void> {
  for (let index = from; index < to; index++) {
    const metadata = { name: `web-${index}`, namespace: 'web', labels: { app: 'web' } };
    await client.create<object & { metadata: { name: string } }>(pods, {
      metadata,
      spec: { nodeName: 'node-9', containers: [{ name: 'c', image: 'i' }] },
    } as never);
  }
}

test('KP-48 with 5,000 foreign pods the operator asks for no more and is told no more', async () => {
  const alone = await costAmong(0);
  const among = await costAmong(5000);
  expect(among.requests).toBe(alone.requests);
  // Times and uids differ in nothing but their letters; a foreign pod would be some hundred characters.
  expect(Math.abs(among.characters - alone.characters)).toBeLessThan(100);
}, 120_000);
