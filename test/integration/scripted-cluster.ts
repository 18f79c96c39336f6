import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { MemoryApi } from '../../local/api/memory-api.ts';
import type { Condition } from '../../operator/api/condition.ts';
import type { Benchmark, BenchmarkSpec, BenchmarkStatus } from '../../operator/api/types.ts';
import type { Pod } from '../../operator/backends/pod.ts';
import { jobSetBackend } from '../../operator/backends/jobset.ts';
import { podsBackend } from '../../operator/backends/pods.ts';
import { volcanoBackend } from '../../operator/backends/volcano.ts';
import { benchmarkCaches, benchmarkController } from '../../operator/benchmark/controller.ts';
import type { RightsPolicy } from '../../operator/benchmark/policy.ts';
import { KubeClient } from '../../operator/kube/client.ts';
import { Controller } from '../../operator/kube/controller.ts';
import { FakeClock } from '../../operator/kube/fake-clock.ts';
import { silentLogger } from '../../operator/kube/logger.ts';
import { benchmarks, pods } from '../../operator/kube/object.ts';
import type { ObjectMeta, Resource } from '../../operator/kube/object.ts';
import { Reflector } from '../../operator/kube/reflector.ts';
import type { ApiReply, ApiRequest, Transport, WatchReply } from '../../operator/kube/transport.ts';
import { jobSetDefinitions, ScriptedJobSet } from './scripted-jobset.ts';
import { ScriptedKubelet } from './scripted-kubelet.ts';
import type { Script } from './scripted-kubelet.ts';
import { ScriptedVolcano, volcanoDefinitions } from './scripted-volcano.ts';

const crd = join(import.meta.dirname, '../../crds/assay.dev_benchmarks.yaml');

/** The operator's way to the server: counts requests and can refuse them. */
class Wire implements Transport {
  readonly writes: string[] = [];
  readonly reads: string[] = [];
  /** An answer in the server's place. */
  intercept: (request: ApiRequest) => ApiReply | undefined = () => undefined;
  readonly #inner: Transport;

  constructor(inner: Transport) {
    this.#inner = inner;
  }

  async send(request: ApiRequest, signal?: AbortSignal): Promise<ApiReply> {
    (request.method === 'GET' ? this.reads : this.writes).push(`${request.method} ${request.path.replace(/^.*\/namespaces\/[^/]+\//, '')}`);
    return this.intercept(request) ?? (await this.#inner.send(request, signal));
  }

  watch(request: ApiRequest, signal: AbortSignal): Promise<WatchReply> {
    return this.#inner.watch(request, signal);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}

/** The operator's benchmark controller before an in-memory API server, with pods that do as a test says, under the test's clock. */
export class ScriptedCluster {
  readonly clock = new FakeClock();
  readonly client: KubeClient;
  readonly wire: Wire;
  readonly warnings: string[] = [];
  /** Text of a pod's log, by name. */
  logs: (pod: string) => string = () => '';
  readonly #api: MemoryApi;
  readonly #kubelet: ScriptedKubelet;
  readonly #policy: RightsPolicy | undefined;
  readonly #ends: (() => Promise<void>)[] = [];
  #stopOperator: (() => Promise<void>) | undefined;

  /** @param nodes that the pods are put on, as the scheduler would */
  constructor(script: Script, { nodes = ['node-1', 'node-2'], policy }: { nodes?: string[]; policy?: RightsPolicy } = {}) {
    this.#api = new MemoryApi({ clock: this.clock, createNamespaces: true, logs: (pod) => this.logs(pod.metadata.name) });
    const definition: unknown = parse(readFileSync(crd, 'utf8'));
    if (typeof definition !== 'object' || definition === null) throw new Error(`${crd} holds no object`);
    this.#api.install(definition);
    this.client = new KubeClient(this.#api, { clock: this.clock });
    this.wire = new Wire(this.#api);
    this.#policy = policy;
    this.#kubelet = new ScriptedKubelet(this.client, this.clock, script, nodes);
  }

  async start(): Promise<void> {
    await this.clock.until(this.#kubelet.start());
    await this.startOperator();
  }

  async stop(): Promise<void> {
    await this.stopOperator();
    for (const end of this.#ends) await end();
    await this.#kubelet.stop();
    await this.#api.close();
  }

  /** Volcano is installed from now on. */
  startVolcano(): Promise<ScriptedVolcano> {
    return this.#install(volcanoDefinitions, new ScriptedVolcano(this.client, this.clock));
  }

  /** JobSet is installed from now on. */
  startJobSet(): Promise<ScriptedJobSet> {
    return this.#install(jobSetDefinitions, new ScriptedJobSet(this.client, this.clock));
  }

  async #install<T extends { start(): Promise<void>; stop(): Promise<void> }>(definitions: readonly object[], controller: T): Promise<T> {
    for (const definition of definitions) this.#api.install(definition);
    await this.clock.until(controller.start());
    this.#ends.push(() => controller.stop());
    return controller;
  }

  /** A fresh operator: it knows nothing but what the API server tells it. */
  async startOperator(): Promise<void> {
    const caches = benchmarkCaches();
    const { clock } = this;
    const client = new KubeClient(this.wire, { clock });
    const { name, reconcile, connect, watches, addOns, prepare } = benchmarkController({
      client,
      caches,
      clock,
      logger: silentLogger,
      recorder: {
        record: (object, _, reason, message) => {
          this.warnings.push(`${object.metadata.name} ${reason} ${message}`);
        },
      },
      backends: [podsBackend, volcanoBackend, jobSetBackend].map((backend) => backend({ tag: 'test' })),
      watch: (watched) => new Reflector({ client, clock, ...watched }),
      ...(this.#policy ? { policy: this.#policy } : {}),
    });
    const controller = new Controller({ name, reconcile, clock });
    const disconnect = connect((key) => {
      controller.enqueue(key);
    });
    const reflectors = watches.map((watched) => new Reflector({ client, clock, ...watched }));
    for (const reflector of reflectors) reflector.start();
    await clock.until(Promise.all(reflectors.map(({ synced }) => synced)));
    await clock.until(prepare());
    controller.start();
    this.#stopOperator = async () => {
      disconnect();
      await controller.stop();
      await Promise.all([...reflectors, addOns].map((one) => one.stop()));
    };
  }

  async stopOperator(): Promise<void> {
    await this.#stopOperator?.();
    this.#stopOperator = undefined;
  }

  async create(name: string, spec: BenchmarkSpec, more: Partial<ObjectMeta> = {}): Promise<Benchmark> {
    const metadata = { name, namespace: 'bench', ...more };
    return await this.client.create<Benchmark>(benchmarks, { apiVersion: 'assay.dev/v1alpha1', kind: 'Benchmark', metadata, spec });
  }

  async status(name: string, namespace = 'bench'): Promise<BenchmarkStatus> {
    return (await this.client.get<Benchmark>(benchmarks, { name, namespace })).status ?? {};
  }

  /** What a benchmark says of its progress. */
  async reconciling(name: string): Promise<Condition | undefined> {
    return (await this.status(name)).conditions?.find(({ type }) => type === 'Reconciling');
  }

  /** Names of what there is of a kind. */
  async names(resource: Resource): Promise<string[]> {
    return (await this.client.list(resource)).items.map(({ metadata }) => metadata.name);
  }

  async patch(name: string, spec: Partial<BenchmarkSpec>): Promise<void> {
    await this.client.patch(benchmarks, { name, namespace: 'bench' }, { spec }, { type: 'merge' });
  }

  async pods(): Promise<Pod[]> {
    return (await this.client.list<Pod>(pods)).items;
  }

  async podNames(): Promise<string[]> {
    return (await this.pods()).map(({ metadata }) => metadata.name).toSorted();
  }

  /** Lets time pass until `done`. @throws Error after `limit` ms of fake time */
  async until(done: () => Promise<boolean> | boolean, limit = 120_000): Promise<void> {
    const end = this.clock.now() + limit;
    while (!(await done())) {
      if (this.clock.now() >= end) throw new Error(`not so after ${limit} ms`);
      await this.clock.advance(100);
    }
  }

  async untilPhase(name: string, phase: BenchmarkStatus['phase'], { namespace = 'bench', limit = 120_000 } = {}): Promise<BenchmarkStatus> {
    await this.until(async () => (await this.status(name, namespace)).phase === phase, limit);
    return await this.status(name, namespace);
  }

  async untilNone(kinds: readonly Resource[]): Promise<void> {
    await this.until(async () => (await Promise.all(kinds.map((kind) => this.names(kind)))).flat().length === 0);
  }

  async untilGone(): Promise<void> {
    await this.untilNone([pods]);
  }
}
