import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { MemoryApi } from '../../local/api/memory-api.ts';
import { terminationMessage } from '../../measure/frame.ts';
import type { ResultRecord } from '../../measure/record.ts';
import type { Benchmark, BenchmarkSpec, BenchmarkStatus } from '../../operator/api/types.ts';
import { frameKey } from '../../operator/backends/assignment.ts';
import { labels } from '../../operator/backends/labels.ts';
import type { Pod, PodStatus } from '../../operator/backends/pod.ts';
import { podsBackend } from '../../operator/backends/pods.ts';
import { benchmarkCaches, benchmarkController } from '../../operator/benchmark/controller.ts';
import type { RightsPolicy } from '../../operator/benchmark/policy.ts';
import { Cache } from '../../operator/kube/cache.ts';
import { KubeClient } from '../../operator/kube/client.ts';
import { Controller } from '../../operator/kube/controller.ts';
import { isNotFound } from '../../operator/kube/errors.ts';
import { FakeClock } from '../../operator/kube/fake-clock.ts';
import { silentLogger } from '../../operator/kube/logger.ts';
import { benchmarks, pods } from '../../operator/kube/object.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import { Reflector } from '../../operator/kube/reflector.ts';
import type { ApiReply, ApiRequest, Transport, WatchReply } from '../../operator/kube/transport.ts';

/** What becomes of a pod: its statuses, each after so many ms. */
export type Script = (pod: Pod) => { after: number; status?: PodStatus; node?: string }[];

const crd = join(import.meta.dirname, '../../crds/assay.dev_benchmarks.yaml');

/** Writes that the operator made: all but reads, and those of the test and its kubelet. */
class CountingTransport implements Transport {
  readonly writes: string[] = [];
  readonly reads: string[] = [];
  readonly #inner: Transport;

  constructor(inner: Transport) {
    this.#inner = inner;
  }

  async send(request: ApiRequest, signal?: AbortSignal): Promise<ApiReply> {
    (request.method === 'GET' ? this.reads : this.writes).push(`${request.method} ${request.path.replace(/^.*\/namespaces\/[^/]+\//, '')}`);
    return await this.#inner.send(request, signal);
  }

  watch(request: ApiRequest, signal: AbortSignal): Promise<WatchReply> {
    return this.#inner.watch(request, signal);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}

/** The operator's benchmark controller before an in-memory API server, with pods that do as a test says, under a clock of the test. */
export class ScriptedCluster {
  readonly clock = new FakeClock();
  readonly client: KubeClient;
  readonly transport: CountingTransport;
  readonly warnings: string[] = [];
  logs: (pod: string) => string = () => '';
  #operator: { stop: () => Promise<void> } | undefined;
  readonly #api: MemoryApi;
  readonly #kubelet: Reflector<Pod>;
  readonly #begun = new Set<string>();
  readonly #policy: RightsPolicy | undefined;

  constructor(script: Script, policy?: RightsPolicy) {
    this.#api = new MemoryApi({ clock: this.clock, createNamespaces: true, logs: (pod) => this.logs(pod.metadata.name) });
    this.#api.install(parse(readFileSync(crd, 'utf8')) as object);
    this.client = new KubeClient(this.#api, { clock: this.clock });
    this.transport = new CountingTransport(this.#api);
    this.#policy = policy;
    const cache = new Cache<Pod>();
    this.#kubelet = new Reflector({ client: this.client, resource: pods, cache, clock: this.clock });
    cache.onChange(({ type, object }) => {
      if (type !== 'Deleted') this.#tend(object, script);
    });
  }

  async start(): Promise<void> {
    this.#kubelet.start();
    await this.startOperator();
  }

  async stop(): Promise<void> {
    await this.stopOperator();
    await this.#kubelet.stop();
    await this.#api.close();
  }

  async startOperator(): Promise<void> {
    const caches = benchmarkCaches();
    const { clock } = this;
    const client = new KubeClient(this.transport, { clock });
    const parts = benchmarkController({
      client,
      caches,
      clock,
      logger: silentLogger,
      recorder: { record: (object, _, reason, message) => void this.warnings.push(`${object.metadata.name} ${reason} ${message}`) },
      backends: [podsBackend({ tag: 'test' })],
      ...(this.#policy ? { policy: this.#policy } : {}),
    });
    const controller = new Controller({ name: parts.name, reconcile: parts.reconcile, clock });
    const disconnect = parts.connect((key) => controller.enqueue(key));
    const reflectors = parts.watches.map((watched) => new Reflector({ client, clock, ...watched }));
    for (const reflector of reflectors) reflector.start();
    await clock.until(Promise.all(reflectors.map(({ synced }) => synced)));
    controller.start();
    this.#operator = {
      stop: async () => {
        disconnect();
        await controller.stop();
        await Promise.all(reflectors.map((reflector) => reflector.stop()));
      },
    };
  }

  async stopOperator(): Promise<void> {
    await this.#operator?.stop();
    this.#operator = undefined;
  }

  async create(name: string, spec: BenchmarkSpec, more: Partial<KubeObject['metadata']> = {}): Promise<Benchmark> {
    const metadata = { name, namespace: 'bench', ...more };
    return await this.client.create<Benchmark>(benchmarks, { apiVersion: 'assay.dev/v1alpha1', kind: 'Benchmark', metadata, spec });
  }

  async status(name: string, namespace = 'bench'): Promise<BenchmarkStatus> {
    return (await this.client.get<Benchmark>(benchmarks, { name, namespace })).status ?? {};
  }

  async patch(name: string, spec: Partial<BenchmarkSpec>): Promise<void> {
    await this.client.patch(benchmarks, { name, namespace: 'bench' }, { spec }, { type: 'merge' });
  }

  async pods(): Promise<Pod[]> {
    return (await this.client.list<Pod>(pods)).items;
  }

  /** Lets time pass until `done`. @throws Error after `limit` ms of fake time */
  async until(done: () => Promise<boolean> | boolean, limit = 120_000): Promise<void> {
    const end = this.clock.now() + limit;
    while (!(await done())) {
      if (this.clock.now() >= end) throw new Error(`not so after ${limit} ms`);
      await this.clock.advance(100);
    }
  }

  async untilPhase(name: string, phase: BenchmarkStatus['phase'], limit?: number): Promise<BenchmarkStatus> {
    await this.until(async () => (await this.status(name)).phase === phase, limit);
    return await this.status(name);
  }

  #tend(pod: Pod, script: Script): void {
    const { uid = '', deletionTimestamp } = pod.metadata;
    if (deletionTimestamp !== undefined) {
      this.clock.after(100, () => void this.#quietly(this.client.delete(pods, pod.metadata, { uid, gracePeriodSeconds: 0 })));
      return;
    }
    if (this.#begun.has(uid)) return;
    this.#begun.add(uid);
    for (const { after, status, node } of script(pod)) {
      this.clock.after(after, () => void this.#quietly(this.#step(pod, status, node)));
    }
  }

  async #step({ metadata }: Pod, status: PodStatus | undefined, node: string | undefined): Promise<void> {
    if (node !== undefined)
      await this.client.createUnder(pods, metadata, 'binding', { metadata: { name: metadata.name }, target: { kind: 'Node', name: node } });
    if (status)
      await this.client.patch(pods, metadata, { metadata: { uid: metadata.uid }, status }, { type: 'merge', subresource: 'status' });
  }

  async #quietly(work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}

const started = { startedAt: '2026-01-01T00:00:01Z' };

/** A pod that gets a node, runs, and ends with `record`; `more` changes the record. */
export function runs(record: (pod: Pod) => Partial<ResultRecord> = () => ({}), time = 2000, node = 'node-1'): Script {
  return (pod) => [
    { after: 100, node },
    { after: 200, status: { phase: 'Running', podIP: '10.0.0.1', containerStatuses: [{ name: 'runner', state: { running: started } }] } },
    { after: time, status: ended(pod, terminationMessage({ ...recordOf(pod), ...record(pod) }, frameKey(pod) ?? '')) },
  ];
}

export function ended(pod: Pod, message: string, exitCode = 0): PodStatus {
  const terminated = { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error', message, ...started, finishedAt: '2026-01-01T00:00:02Z' };
  return {
    phase: exitCode === 0 ? 'Succeeded' : 'Failed',
    containerStatuses: [{ name: 'runner', state: { running: undefined, terminated } }],
  } as PodStatus;
}

export function recordOf({ metadata }: Pod): ResultRecord {
  return {
    version: 1,
    workload: 'sleep',
    role: metadata.labels?.[labels.role] ?? '',
    index: 0,
    outcome: 'Succeeded',
    window: { startedAt: '2026-01-01T00:00:01.000000Z', finishedAt: '2026-01-01T00:00:02.000000Z' },
    metrics: [{ name: 'measuredTime', value: 1.002, unit: 's', better: 'None' }],
    series: [],
    warnings: [],
    tool: { argv: ['sleep', '1'], exitCode: 0, signal: null },
  };
}
