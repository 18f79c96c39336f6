import { definitionOf } from '../../operator/api/crds.ts';
import type { Benchmark, BenchmarkSet, BenchmarkStatus } from '../../operator/api/types.ts';
import { benchmarkSetController } from '../../operator/benchmarkset/controller.ts';
import { Cache } from '../../operator/kube/cache.ts';
import { KubeClient } from '../../operator/kube/client.ts';
import { systemClock } from '../../operator/kube/clock.ts';
import { Controller } from '../../operator/kube/controller.ts';
import { silentLogger } from '../../operator/kube/logger.ts';
import { benchmarks, benchmarkSets, configMaps } from '../../operator/kube/object.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import { Reflector } from '../../operator/kube/reflector.ts';
import type { ApiReply, ApiRequest, Transport } from '../../operator/kube/transport.ts';
import type { ConfigMap } from '../../operator/results/configmap.ts';
import { MemoryApi } from '../../local/api/memory-api.ts';

/** What a member is to become; undefined leaves it running until it is cancelled. */
export type Script = (name: string) => 'Succeeded' | 'Failed' | undefined;

/** The set controller on an in-memory API server, with a script in the place of the Benchmark controller. */
export class Simulation {
  readonly api: MemoryApi;
  /** Turns a reply of the controller's requests into another one, or into none by throwing. */
  fault: (request: ApiRequest, reply: ApiReply) => ApiReply = (_, reply) => reply;
  /** Every request of the controller, as `PUT benchmarksets/status`. */
  readonly requests: string[] = [];
  /** Names in the order in which members were created. */
  readonly created: string[] = [];
  /** Most members at once that had not ended, as the API server saw it. */
  mostActive = 0;
  readonly benchmarks = new Cache<Benchmark>();
  readonly sets = new Cache<BenchmarkSet>();
  /** Of the tests and the script: not counted. */
  readonly client: KubeClient;
  readonly #active = new Set<string>();
  readonly #script: Script;
  readonly #controller: Controller;
  readonly #reflectors: { synced: Promise<void>; start: () => void; stop: () => Promise<void> }[] = [];
  readonly #ended = new Set<string>();
  readonly #work: Promise<void>[] = [];
  #forget = () => {};

  /** @param api one that outlived an earlier simulation, as a cluster outlives an operator */
  constructor(script: Script = () => 'Succeeded', api?: MemoryApi) {
    this.#script = script;
    this.api = api ?? new MemoryApi();
    if (!api) for (const kind of ['Benchmark', 'BenchmarkSet'] as const) this.api.install(definitionOf(kind));
    this.client = new KubeClient(this.api);
    const parts = benchmarkSetController({
      client: new KubeClient(this.#counted()),
      sets: this.sets,
      benchmarks: this.benchmarks,
      recorder: { record: () => undefined },
      clock: systemClock,
      logger: silentLogger,
    });
    this.#controller = new Controller({ name: parts.name, reconcile: parts.reconcile });
    const [setWatch, memberWatch] = parts.watches;
    this.sets.onChange(({ object }) => {
      this.#wake(setWatch?.wake(object));
    });
    this.benchmarks.onChange(({ object }) => {
      this.#wake(memberWatch?.wake(object));
    });
  }

  async start(): Promise<void> {
    const { client } = this;
    this.#reflectors.push(
      new Reflector({ client, resource: benchmarkSets, cache: this.sets }),
      new Reflector({ client, resource: benchmarks, cache: this.benchmarks }),
    );
    for (const reflector of this.#reflectors) reflector.start();
    await Promise.all(this.#reflectors.map((reflector) => reflector.synced));
    this.#forget = this.benchmarks.onChange(({ type, object }) => {
      if (type !== 'Deleted') this.#look(object);
    });
    this.#controller.start();
  }

  /** Ends the controller and the script; the API server stays. */
  async stop(): Promise<void> {
    await this.#controller.stop();
    this.#forget();
    await Promise.all(this.#work);
    await Promise.all(this.#reflectors.map((reflector) => reflector.stop()));
  }

  async create(name: string, spec: BenchmarkSet['spec']): Promise<void> {
    const set: BenchmarkSet = { apiVersion: 'assay.dev/v1alpha1', kind: 'BenchmarkSet', metadata: { name, namespace: 'default' }, spec };
    await this.client.create<KubeObject>(benchmarkSets, set);
  }

  /** The set once `test` holds. @throws Error after 30 s */
  async until(name: string, test: (set: BenchmarkSet) => boolean): Promise<BenchmarkSet> {
    const key = `default/${name}`;
    const { promise, resolve, reject } = Promise.withResolvers<BenchmarkSet>();
    const look = () => {
      const set = this.sets.get(key);
      if (set && test(set)) resolve(set);
    };
    const forget = this.sets.onChange(look);
    const cancel = systemClock.after(30_000, () => {
      reject(new Error(`${name} is still ${JSON.stringify(this.sets.get(key)?.status)}`));
    });
    look();
    return await promise.finally(() => {
      forget();
      cancel();
    });
  }

  /** The results ConfigMaps of a set. */
  async results(name: string): Promise<ConfigMap[]> {
    const { items } = await this.client.list<ConfigMap>(configMaps, { namespace: 'default', labelSelector: `assay.dev/set=${name}` });
    return items;
  }

  #wake(wake: { key: string; delay: number } | undefined): void {
    if (wake) this.#controller.enqueue(wake.key, wake.delay);
  }

  #counted(): Transport {
    return {
      send: async (request: ApiRequest, signal?: AbortSignal): Promise<ApiReply> => {
        const [, plural = '', , subresource] = /\/namespaces\/[^/]+\/(\w+)(\/[^/]+(\/\w+)?)?/.exec(request.path) ?? [];
        this.requests.push(`${request.method} ${plural}${subresource ?? ''}`);
        const reply = await this.api.send(request, signal);
        const born = request.method === 'POST' && plural === 'benchmarks' && reply.status === 201;
        if (born) this.#born(request.body);
        return this.fault(request, reply);
      },
      watch: (request, signal) => this.api.watch(request, signal),
      close: () => this.api.close(),
    };
  }

  #born(body: unknown): void {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const { name } = (body as KubeObject).metadata;
    this.created.push(name);
    this.#active.add(name);
    this.mostActive = Math.max(this.mostActive, this.#active.size);
  }

  /** Ends a member as the script says, in place of pods. */
  #look(benchmark: Benchmark): void {
    const { uid = '', name } = benchmark.metadata;
    const outcome = benchmark.spec.cancel === true ? 'Cancelled' : this.#script(name);
    if (outcome === undefined || benchmark.spec.suspend === true || this.#ended.has(uid)) return;
    this.#ended.add(uid);
    this.#work.push(this.#end(benchmark, outcome));
  }

  async #end(benchmark: Benchmark, phase: 'Succeeded' | 'Failed' | 'Cancelled'): Promise<void> {
    const { name } = benchmark.metadata;
    const now = new Date().toISOString();
    const status: BenchmarkStatus = {
      phase,
      conditions: [
        {
          type: phase === 'Succeeded' ? 'Complete' : 'Failed',
          status: 'True',
          reason: phase,
          message: '',
          observedGeneration: 1,
          lastTransitionTime: now,
        },
      ],
      attempts: [
        {
          index: 0,
          outcome: phase,
          reason: phase,
          message: `${name} ${phase}`,
          pods: [{ name: `${name}-sleeper-0-a0`, role: 'sleeper', node: 'a' }],
        },
      ],
      ...(phase === 'Succeeded' && {
        metrics: [{ name: 'measuredTime', value: Number(name.replaceAll(/\D/g, '')), unit: 's', better: 'None' }],
      }),
    };
    await new Promise((resolve) => {
      setTimeout(resolve, 2);
    });
    this.#active.delete(name);
    await this.client.patch<KubeObject>(benchmarks, { name, namespace: 'default' }, { status }, { type: 'merge', subresource: 'status' });
  }
}
