import { setTimeout as pause } from 'node:timers/promises';
import { mulberry32 } from '../../local/api/faults/random.ts';
import { Cache } from '../../operator/kube/cache.ts';
import { KubeClient } from '../../operator/kube/client.ts';
import type { Clock } from '../../operator/kube/clock.ts';
import { listAll } from '../../operator/kube/list-all.ts';
import { Metrics } from '../../operator/kube/metrics.ts';
import { configMaps, keyOf, namespaces } from '../../operator/kube/object.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import { Reflector } from '../../operator/kube/reflector.ts';
import type { Transport } from '../../operator/kube/transport.ts';

interface ConfigMap extends KubeObject {
  data?: Record<string, string>;
}

export interface RunOptions {
  /** The way on which things go wrong. */
  faulty: Transport;
  /** The way by which the test itself writes and looks. */
  clean: Transport;
  clock: Clock;
  namespace: string;
  /** Seconds after which the server is to end each watch. */
  watchSeconds: number;
  /** Longest real time, ms, until the cache must be right. */
  limit: number;
}

export interface RunOutcome {
  /** Lists after the first one. */
  relists: number;
  watches: number;
  failures: number;
  /** From the last write until the cache was right, ms of the run's clock. */
  settledAfter: number;
  cache: Snapshot;
  server: Snapshot;
}

/** Objects by key, without managedFields. */
export type Snapshot = Record<string, KubeObject>;

const selector = 'watched=yes';
const firstObjects = 12;
const writes = 30;

/** Writes to a server while a reflector watches through faults, then waits until its cache equals what the server holds. */
export async function runReflector({ faulty, clean, clock, namespace, watchSeconds, limit }: RunOptions): Promise<RunOutcome> {
  const client = new KubeClient(clean);
  await client.create(namespaces, { metadata: { name: namespace } });
  for (let index = 0; index < firstObjects; index++) await client.create(configMaps, configMap(namespace, index, 0, true));
  const metrics = new Metrics();
  const cache = new Cache<ConfigMap>();
  const reflector = new Reflector<ConfigMap>({
    client: new KubeClient(faulty, { clock, timeout: 5000 }),
    resource: configMaps,
    cache,
    namespaces: [namespace],
    labelSelector: selector,
    pageSize: 5,
    idleLimit: 8000,
    watchSeconds,
    clock,
    metrics,
  });
  reflector.start();
  try {
    await changeAtRandom(client, namespace);
    const lastWrite = clock.now();
    const server = await held(client, namespace);
    const givenUp = Date.now() + limit;
    while (!isSame(snapshot(cache.list()), server) && Date.now() < givenUp) await pause(5);
    const counts = await Promise.all([metrics.lists.get(), metrics.watchStarts.get(), metrics.watchFailures.get()]);
    const [lists = 0, watches = 0, failures = 0] = counts.map(({ values }) => values.reduce((sum, { value }) => sum + value, 0));
    return { relists: lists - 1, watches, failures, settledAfter: clock.now() - lastWrite, cache: snapshot(cache.list()), server };
  } finally {
    await reflector.stop();
  }
}

function configMap(namespace: string, index: number, version: number, watched: boolean): ConfigMap {
  return {
    metadata: { name: `object-${index}`, namespace, labels: { watched: watched ? 'yes' : 'no' } },
    data: { version: String(version) },
  };
}

/** Creates, changes, relabels and deletes, always the same way. */
async function changeAtRandom(client: KubeClient, namespace: string): Promise<void> {
  const random = mulberry32(7);
  const living = new Set(Array.from({ length: firstObjects }, (_, index) => index));
  for (let version = 1; version <= writes; version++) {
    const index = Math.floor(random() * firstObjects * 1.5);
    const object = configMap(namespace, index, version, random() < 0.8);
    if (!living.has(index)) {
      await client.create(configMaps, object);
      living.add(index);
    } else if (random() < 0.3) {
      await client.delete(configMaps, object.metadata);
      living.delete(index);
    } else await client.replace(configMaps, object);
    await pause(10);
  }
}

async function held(client: KubeClient, namespace: string): Promise<Snapshot> {
  const { items } = await listAll<ConfigMap>(client, configMaps, { namespace, labelSelector: selector }, 500);
  return snapshot(items);
}

function snapshot(objects: KubeObject[]): Snapshot {
  return Object.fromEntries(
    objects.map((object) => {
      const { managedFields: _managedFields, ...metadata } = object.metadata;
      return [keyOf(object), Object.assign({}, object, { metadata })];
    }),
  );
}

function isSame(a: Snapshot, b: Snapshot): boolean {
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => a[key]?.metadata.resourceVersion === b[key]?.metadata.resourceVersion)
  );
}
