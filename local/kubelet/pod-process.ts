import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { Clock } from '../../operator/kube/clock.ts';
import { mappedAddress } from './addresses.ts';
import { ConfigError, commandOf, environmentOf } from './command.ts';
import { ContainerProcess } from './container-process.ts';
import type { Launch } from './container-process.ts';
import { killLeftovers } from './leftovers.ts';
import { readLog } from './log-file.ts';
import type { LogWindow } from './log-file.ts';
import type { Container, ContainerState, Pod, PodStatus } from './pod.ts';
import { podStatus } from './status.ts';
import { timeOf } from './time.ts';
import { mountVolumes, refreshVolumes } from './volumes.ts';

/** What a pod needs of this machine. */
export interface PodPlace {
  /** The pod's own folder, in the place of a container's root. */
  root: string;
  /** The pod's loopback address. */
  address: string;
  /** Whether it has the same one for IPv6, too. */
  dualStack: boolean;
  /** The project's root, in the place of the image's /app. */
  project: string;
  claimFolder: (claim: string) => string;
  clock: Clock;
  /** Called after every change of the status. */
  onChange: () => void;
}

const hostIP = '127.0.0.1';
// setTimeout fires at once for longer ones.
const longestTimer = 2 ** 31 - 1;

/** One pod as processes of this machine, from its start to its removal. */
export class PodProcess {
  readonly #pod: Pod;
  readonly #place: PodPlace;
  readonly #startTime: string;
  readonly #processes = new Map<string, ContainerProcess>();
  readonly #timers: (() => void)[] = [];
  #waiting: ContainerState = { waiting: { reason: 'ContainerCreating', message: '' } };
  #verdict: { reason: string; message: string } | undefined;
  #killAt = Infinity;

  constructor(pod: Pod, place: PodPlace) {
    this.#pod = pod;
    this.#place = place;
    this.#startTime = timeOf(place.clock.now());
  }

  get uid(): string | undefined {
    return this.#pod.metadata.uid;
  }

  get address(): string {
    return this.#place.address;
  }

  /** Whether no process of it runs, and none will. */
  get ended(): boolean {
    return [...this.#processes.values()].every(({ state }) => state.terminated);
  }

  get status(): PodStatus {
    const containers = this.#pod.spec.containers.map((container) => ({ container, state: this.#stateOf(container) }));
    const verdict = this.#verdict ? { verdict: this.#verdict } : {};
    return podStatus({ containers, startTime: this.#startTime, podIPs: this.#addresses, hostIP, ...verdict });
  }

  get #addresses(): string[] {
    const { address, dualStack } = this.#place;
    return dualStack ? [address, mappedAddress(address)] : [address];
  }

  /** Starts all containers, or none: what is wrong with one is then the waiting reason of all. */
  async start(): Promise<void> {
    const { containers, initContainers = [], activeDeadlineSeconds } = this.#pod.spec;
    try {
      if (initContainers.length > 0) throw new ConfigError('init containers are not run in local mode');
      await mountVolumes(this.#pod, this.#place);
      const launches = containers.map((container) => this.#launchOf(container));
      for (const { cwd, message } of launches) {
        for (const folder of [cwd, dirname(message.path), dirname(message.logPath), join(this.#place.root, 'tmp')])
          await mkdir(folder, { recursive: true });
      }
      containers.forEach(({ name }, index) => {
        const launch = launches[index];
        if (launch) this.#run(name, launch);
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#waiting = {
        waiting: { reason: error instanceof ConfigError ? 'CreateContainerConfigError' : 'CreateContainerError', message },
      };
    }
    if (activeDeadlineSeconds !== undefined)
      this.#after(activeDeadlineSeconds, () => {
        this.#pastDeadline();
      });
  }

  /** Takes up what may change in a pod that runs: the metadata that its downward-API volumes show. */
  async update(pod: Pod): Promise<void> {
    // What is wrong with a volume was told at the start.
    if (!this.ended) await refreshVolumes(pod, this.#place);
  }

  /** Asks all processes to end and ends them after `grace` seconds. A later call can shorten the grace, not lengthen it. */
  stop(grace: number): void {
    const killAt = this.#place.clock.now() + grace * 1000;
    if (killAt >= this.#killAt) return;
    if (this.#killAt === Infinity) this.#signal('SIGTERM');
    this.#killAt = killAt;
    this.#after(grace, () => {
      this.#kill();
    });
  }

  /** Ends everything at once and removes the pod's folder. */
  async remove(): Promise<void> {
    this.#timers.forEach((cancel) => {
      cancel();
    });
    this.#signal('SIGKILL');
    await killLeftovers(this.#place.root);
    await Promise.all([...this.#processes.values()].map(({ ended }) => ended));
    await rm(this.#place.root, { recursive: true, force: true });
  }

  /** Text of a container's log. */
  log(container: string, window: LogWindow): string {
    return readLog(this.#logPath(container), window);
  }

  #run(name: string, launch: Launch): void {
    const started = new ContainerProcess(launch, this.#place.clock);
    this.#processes.set(name, started);
    void this.#clearAfter(started);
  }

  async #clearAfter(process: ContainerProcess): Promise<void> {
    await process.ended;
    // An agent that was killed leaves its tool behind; it must not disturb the next measurement.
    if (this.ended) await killLeftovers(this.#place.root);
    this.#place.onChange();
  }

  #launchOf(container: Container): Launch {
    const { root, project } = this.#place;
    const { name, workingDir = '/', terminationMessagePath = '/dev/termination-log', terminationMessagePolicy = 'File' } = container;
    const env = environmentOf(container, this.#pod, { podIPs: this.#addresses, hostIP });
    return {
      argv: commandOf(container, project, env),
      cwd: join(root, workingDir),
      env: {
        PATH: process.env['PATH'] ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        HOME: root,
        TMPDIR: join(root, 'tmp'),
        // As in an image, Node finds what it compiled at an earlier start.
        NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '',
        ...env,
        ASSAY_ROOT: root,
        ASSAY_STDIN: 'Held',
      },
      message: { path: join(root, terminationMessagePath), logPath: this.#logPath(name), policy: terminationMessagePolicy },
    };
  }

  #stateOf({ name }: Container): ContainerState {
    return this.#processes.get(name)?.state ?? this.#waiting;
  }

  #logPath(container: string): string {
    return join(this.#place.root, 'logs', container);
  }

  #pastDeadline(): void {
    if (this.#processes.size > 0 && this.ended) return;
    this.#verdict = { reason: 'DeadlineExceeded', message: 'Pod was active on the node longer than the specified deadline' };
    this.stop(this.#pod.spec.terminationGracePeriodSeconds ?? 30);
    this.#place.onChange();
  }

  #signal(signal: 'SIGTERM' | 'SIGKILL'): void {
    for (const started of this.#processes.values()) started.signal(signal);
  }

  #kill(): void {
    this.#signal('SIGKILL');
    void killLeftovers(this.#place.root);
  }

  #after(seconds: number, act: () => void): void {
    this.#timers.push(this.#place.clock.after(Math.min(seconds * 1000, longestTimer), act));
  }
}
