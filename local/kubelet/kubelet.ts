import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { Cache } from '../../operator/kube/cache.ts';
import type { Change } from '../../operator/kube/cache.ts';
import type { KubeClient } from '../../operator/kube/client.ts';
import { systemClock } from '../../operator/kube/clock.ts';
import type { Clock } from '../../operator/kube/clock.ts';
import { Controller } from '../../operator/kube/controller.ts';
import { isNotFound } from '../../operator/kube/errors.ts';
import { silentLogger } from '../../operator/kube/logger.ts';
import type { Logger } from '../../operator/kube/logger.ts';
import { keyOf, persistentVolumeClaims, pods } from '../../operator/kube/object.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import { Reflector } from '../../operator/kube/reflector.ts';
import { AddressPool } from './addresses.ts';
import type { LogWindow } from './log-file.ts';
import { candidate, register, unregister } from './node.ts';
import { PodProcess } from './pod-process.ts';
import { hasEnded } from './pod.ts';
import type { Pod, PodStatus } from './pod.ts';
import type { Candidate } from './schedule.ts';
import { Scheduler } from './scheduler.ts';

export interface KubeletOptions {
  client: KubeClient;
  /** Names of the nodes that this machine plays; two, so that "different nodes" can be had. */
  nodes?: string[];
  /** Folder in which the kubelet makes its own; the system's for temporary files. */
  root?: string;
  /** The project's root, in the place of /app of the images. */
  project?: string;
  /** Give each pod an IPv6 address beside its first one. A real API server refuses it, since it is mapped from that. */
  dualStack?: boolean;
  clock?: Clock;
  logger?: Logger;
}

/** What the pods of one kubelet share of this machine, from `start` to `stop`. */
interface Ground {
  folder: string;
  addresses: AddressPool;
}

const projectRoot = dirname(dirname(import.meta.dirname));

/**
 * Scheduler and kubelet in one: runs the containers of all pods as child processes of this one, against any API server.
 * Needs no privilege. Containers are not isolated from each other but by their folders and loopback addresses.
 */
export class ProcessKubelet {
  readonly #client: KubeClient;
  readonly #nodes: Candidate[];
  readonly #root: string;
  readonly #project: string;
  readonly #dualStack: boolean;
  readonly #clock: Clock;
  readonly #pods: Cache<Pod>;
  readonly #claims: Cache<KubeObject>;
  readonly #reflectors: { start(): void; stop(): Promise<void>; synced: Promise<void> }[];
  readonly #controller: Controller;
  readonly #scheduler: Scheduler;
  readonly #running = new Map<string, PodProcess>();
  /** What was last written of each pod's status, so that nothing is written twice. */
  readonly #written = new WeakMap<PodProcess, string>();
  #ground: Ground | undefined;
  #count = 0;

  constructor(options: KubeletOptions) {
    const { client, nodes = ['local-1', 'local-2'], clock = systemClock, logger = silentLogger } = options;
    this.#client = client;
    this.#nodes = nodes.map(candidate);
    this.#root = options.root ?? tmpdir();
    this.#project = options.project ?? projectRoot;
    this.#dualStack = options.dualStack ?? false;
    this.#clock = clock;
    this.#pods = new Cache<Pod>({ logger });
    this.#claims = new Cache<KubeObject>({ logger });
    this.#reflectors = [
      new Reflector({ client, resource: pods, cache: this.#pods, clock, logger }),
      new Reflector({ client, resource: persistentVolumeClaims, cache: this.#claims, clock, logger }),
    ];
    this.#scheduler = new Scheduler({ client, pods: this.#pods, claims: this.#claims, nodes: this.#nodes, clock });
    this.#controller = new Controller({ name: 'kubelet', reconcile: (key) => this.#reconcile(key), workers: 16, clock, logger });
    this.#pods.onChange((change) => {
      this.#podChanged(change);
    });
    this.#claims.onChange((change) => {
      this.#claimChanged(change);
    });
  }

  /** Registers the nodes and begins to run pods. */
  async start(): Promise<void> {
    this.#ground = { folder: await mkdtemp(join(this.#root, 'assay-')), addresses: await AddressPool.open() };
    for (const node of this.#nodes) await register(this.#client, node, this.#clock.now());
    for (const reflector of this.#reflectors) reflector.start();
    await Promise.all(this.#reflectors.map(({ synced }) => synced));
    this.#controller.start();
  }

  /** Ends every process it started and removes the nodes and the folder. The pods' objects stay as they are. */
  async stop(): Promise<void> {
    await Promise.all(this.#reflectors.map((reflector) => reflector.stop()));
    await this.#controller.stop();
    await Promise.all([...this.#running.values()].map((running) => running.remove()));
    this.#running.clear();
    await Promise.allSettled(this.#nodes.map(({ name }) => unregister(this.#client, name)));
    if (!this.#ground) return;
    await this.#ground.addresses.close();
    await rm(this.#ground.folder, { recursive: true, force: true });
    this.#ground = undefined;
  }

  /** Text of a container's log, there until the pod's object is gone: what the API's log request gives. */
  log(pod: KubeObject, { container, ...window }: LogWindow & { container: string }): string {
    const running = this.#running.get(keyOf(pod));
    return running?.uid === pod.metadata.uid ? (running?.log(container, window) ?? '') : '';
  }

  #podChanged({ type, object }: Change<Pod>): void {
    if (object.spec.nodeName || type === 'Deleted') this.#scheduler.forget(object);
    this.#controller.enqueue(keyOf(object));
    if (type === 'Deleted' || hasEnded(object)) this.#retryWaiting();
  }

  #claimChanged({ type, object }: Change<KubeObject>): void {
    if (type === 'Added') this.#retryWaiting();
    if (type === 'Deleted') void rm(this.#claimFolder(keyOf(object)), { recursive: true, force: true });
  }

  #retryWaiting(): void {
    for (const key of this.#scheduler.takeWaiting()) this.#controller.enqueue(key);
  }

  async #reconcile(key: string): Promise<undefined> {
    const pod = this.#pods.get(key);
    const known = this.#running.get(key);
    if (known && known.uid !== pod?.metadata.uid) await this.#drop(key, known);
    if (!pod) return;
    const { nodeName } = pod.spec;
    if (!nodeName) {
      if (!pod.metadata.deletionTimestamp) await this.#scheduler.schedule(pod);
    } else if (this.#nodes.some(({ name }) => name === nodeName)) {
      await this.#run(key, pod);
    }
  }

  async #run(key: string, pod: Pod): Promise<void> {
    const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = pod.metadata;
    if (hasEnded(pod) && !deletionTimestamp) return;
    const running = this.#running.get(key) ?? (deletionTimestamp || pod.status?.startTime ? undefined : await this.#begin(key, pod));
    if (!running) {
      await (deletionTimestamp ? this.#finalize(pod) : this.#write(pod, lost));
      return;
    }
    if (deletionTimestamp) running.stop(deletionGracePeriodSeconds);
    else await running.update(pod);
    await this.#report(pod, running);
    if (deletionTimestamp && running.ended) await this.#finalize(pod);
  }

  async #begin(key: string, pod: Pod): Promise<PodProcess> {
    if (!this.#ground) throw new Error('the kubelet is not started');
    const { folder, addresses } = this.#ground;
    const running = new PodProcess(pod, {
      root: join(folder, `pod-${++this.#count}`),
      address: addresses.take(),
      dualStack: this.#dualStack,
      project: this.#project,
      claimFolder: (claim) => this.#claimFolder(keyOf({ metadata: { ...pod.metadata, name: claim } })),
      clock: this.#clock,
      onChange: () => {
        this.#controller.enqueue(key);
      },
    });
    this.#running.set(key, running);
    await running.start();
    return running;
  }

  async #report(pod: Pod, running: PodProcess): Promise<void> {
    const { status } = running;
    const text = JSON.stringify(status);
    if (this.#written.get(running) === text) return;
    await this.#write(pod, status);
    this.#written.set(running, text);
  }

  /** Writes a pod's status; one that is gone meanwhile needs none. */
  async #write({ metadata }: Pod, status: PodStatus): Promise<void> {
    const { name, namespace = 'default', uid } = metadata;
    try {
      const written = await this.#client.patch<Pod>(
        pods,
        { name, namespace },
        { metadata: { uid }, status },
        { type: 'merge', subresource: 'status' },
      );
      this.#pods.observe(written);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  async #finalize({ metadata }: Pod): Promise<void> {
    const { name, namespace = 'default', uid } = metadata;
    try {
      await this.#client.delete(pods, { name, namespace }, { gracePeriodSeconds: 0, ...(uid ? { uid } : {}) });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  async #drop(key: string, running: PodProcess): Promise<void> {
    await running.remove();
    this.#ground?.addresses.free(running.address);
    if (this.#running.get(key) === running) this.#running.delete(key);
  }

  #claimFolder(key: string): string {
    return join(this.#ground?.folder ?? this.#root, 'claims', key);
  }
}

/** A pod of an earlier kubelet of the same nodes: its processes went with that one. */
const lost: PodStatus = {
  phase: 'Failed',
  reason: 'NodeLost',
  message: 'the local kubelet that ran this pod has ended, and the pod with it',
};
