import { compileSchemas } from './api/crds.ts';
import type { BenchmarkSet } from './api/types.ts';
import type { Images } from './backends/pod-object.ts';
import { jobSetBackend } from './backends/jobset.ts';
import { podsBackend } from './backends/pods.ts';
import { volcanoBackend } from './backends/volcano.ts';
import type { BenchmarkController } from './benchmark/controller.ts';
import { benchmarkCaches, benchmarkController } from './benchmark/controller.ts';
import type { RightsPolicy } from './benchmark/policy.ts';
import { benchmarkSetController } from './benchmarkset/controller.ts';
import { Cache } from './kube/cache.ts';
import type { KubeClient } from './kube/client.ts';
import { type Clock, systemClock } from './kube/clock.ts';
import { Controller } from './kube/controller.ts';
import { type Logger, silentLogger } from './kube/logger.ts';
import type { Metrics } from './kube/metrics.ts';
import { benchmarkSets } from './kube/object.ts';
import { Recorder } from './kube/recorder.ts';
import { Reflector } from './kube/reflector.ts';
import { release } from './release.ts';

export interface OperatorOptions {
  client: KubeClient;
  images: Images;
  /** All namespaces when absent. */
  namespaces?: string[];
  policy?: RightsPolicy;
  /** Version of the cluster, for the results. */
  kubernetes?: string;
  clock?: Clock;
  logger?: Logger;
  metrics?: Metrics;
}

/** Reconciles of each kind that run at the same time. They wait for the API server, not for a core. */
const workers = 16;

/**
 * Both controllers with their caches, on any API server. `watch` fills the caches and may run on a standby;
 * `work` begins to act and is for the leader alone.
 */
export class Operator {
  readonly reflectors: readonly Pick<
    Reflector<never>,
    'start' | 'stop' | 'refresh' | 'synced' | 'hasSynced' | 'lastContact' | 'lastError' | 'resource'
  >[];
  readonly controllers: readonly Controller[];
  readonly #recorder: Recorder;
  readonly #single: BenchmarkController;

  constructor({ client, images, namespaces, policy, kubernetes, clock = systemClock, logger = silentLogger, metrics }: OperatorOptions) {
    const environment = { assay: release, ...(kubernetes !== undefined && { kubernetes }) };
    const surroundings = { client, clock, logger, environment, ...(metrics && { metrics }) };
    const scope = namespaces ? { namespaces } : {};
    this.#recorder = new Recorder(surroundings);
    const caches = benchmarkCaches();
    const sets = new Cache<BenchmarkSet>({ logger });

    const single = benchmarkController({
      ...surroundings,
      caches,
      recorder: this.#recorder,
      backends: [podsBackend(images), volcanoBackend(images), jobSetBackend(images)],
      ...(policy && { policy }),
      ...scope,
      watch: (watched) => new Reflector({ ...surroundings, ...scope, ...watched }),
    });
    this.#single = single;
    const singles = new Controller({ ...surroundings, name: single.name, reconcile: single.reconcile, workers });
    single.connect((key) => singles.enqueue(key));

    const many = benchmarkSetController({ ...surroundings, sets, benchmarks: caches.benchmarks, recorder: this.#recorder });
    const manies = new Controller({ ...surroundings, name: many.name, reconcile: many.reconcile, workers });
    for (const { resource, wake } of many.watches) {
      const cache = resource === benchmarkSets ? sets : caches.benchmarks;
      cache.onChange(({ object }) => {
        const next = wake(object);
        if (next) manies.enqueue(next.key, next.delay);
      });
    }

    this.controllers = [singles, manies];
    this.reflectors = [
      ...single.watches.map((watched) => new Reflector({ ...surroundings, ...scope, ...watched })),
      new Reflector({ ...surroundings, ...scope, resource: benchmarkSets, cache: sets }),
    ];
  }

  /** Resolves when every cache holds a full list. */
  async watch(): Promise<void> {
    for (const reflector of this.reflectors) reflector.start();
    // While the lists are on their way, and not between the first set and its first member.
    compileSchemas();
    await Promise.all(this.reflectors.map(({ synced }) => synced));
  }

  /** As `work`, once the caches hold all that the leader before this one wrote: what a watch has not told yet would be done twice. */
  async takeOver(): Promise<void> {
    await Promise.all([...this.reflectors, this.#single.addOns].map((one) => one.refresh()));
    await this.work();
  }

  async work(): Promise<void> {
    await this.#single.prepare();
    for (const controller of this.controllers) controller.start();
  }

  /** Takes no more work in, lets running reconciles end, bounded, and writes the Events that are left. */
  async stop(): Promise<void> {
    await Promise.all([...this.reflectors, this.#single.addOns].map((one) => one.stop()));
    await Promise.all(this.controllers.map((controller) => controller.stop()));
    await this.#recorder.flush();
  }
}
