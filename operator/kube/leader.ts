import type { KubeClient } from './client.ts';
import { systemClock } from './clock.ts';
import type { Clock, Instant } from './clock.ts';
import { isAlreadyExists, isConflict, isNotFound } from './errors.ts';
import { held, LeaseObserver, released } from './lease.ts';
import type { Lease, LeaseSpec } from './lease.ts';
import type { Logger } from './logger.ts';
import { silentLogger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { leases } from './object.ts';
import { sleep, within } from './wait.ts';

export interface LeaderOptions {
  /** One without a rate limit: a renewal must not wait behind other writes. */
  client: KubeClient;
  namespace: string;
  name: string;
  /** Of this process alone, also after a restart: host name and a random part. */
  identity: string;
  /** Others may take the lease so long after its last renewal, ms. */
  leaseDuration?: number;
  /** Without a renewal for so long this process stops leading, ms; shorter than leaseDuration. */
  renewDeadline?: number;
  /** Between two tries, up to a fifth more at random, ms. */
  retryPeriod?: number;
  onStarted: () => void;
  /** The lease is lost: stop all work and end the process. Not called by `stop`. */
  onLost: (reason: string) => void;
  clock?: Clock;
  logger?: Logger;
  metrics?: Metrics;
  random?: () => number;
}

/** Leads while it holds a Lease, at most one of all processes. Leads once: after a loss the process is to be started anew. */
export class LeaderElector {
  readonly #options: LeaderOptions &
    Required<Pick<LeaderOptions, 'leaseDuration' | 'renewDeadline' | 'retryPeriod' | 'clock' | 'logger' | 'random'>>;
  readonly #observer = new LeaseObserver();
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  #lease: Lease | undefined;
  #leading = false;
  /** When the last successful renewal was sent. */
  lastRenewal: Instant | undefined;

  constructor(options: LeaderOptions) {
    this.#options = {
      leaseDuration: 15_000,
      renewDeadline: 10_000,
      retryPeriod: 2000,
      clock: systemClock,
      logger: silentLogger,
      random: Math.random,
      ...options,
    };
    const { leaseDuration, renewDeadline, retryPeriod } = this.#options;
    if (!(retryPeriod < renewDeadline && renewDeadline < leaseDuration)) {
      throw new Error(`lease: retryPeriod ${retryPeriod} < renewDeadline ${renewDeadline} < leaseDuration ${leaseDuration} ms must hold`);
    }
  }

  get leading(): boolean {
    return this.#leading;
  }

  /** Whether no other process can have taken the lease yet; by the clock, not by a timer that may come late. */
  get holds(): boolean {
    const { clock, renewDeadline } = this.#options;
    return this.#leading && this.lastRenewal !== undefined && clock.now() < this.lastRenewal + renewDeadline;
  }

  /** Who holds the lease as last seen; the empty string when nobody. */
  get holder(): string | undefined {
    return this.#lease?.spec.holderIdentity;
  }

  start(): void {
    this.#running ??= this.#run(this.#stop.signal);
  }

  /** Ends leading and releases the lease, so that another can lead at once. Bounded by one request's limit. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    if (this.#leading && this.#lease) await this.#release(this.#lease);
    this.#setLeading(false);
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, logger, renewDeadline, retryPeriod, random } = this.#options;
    while (!signal.aborted) {
      const left = this.lastRenewal === undefined ? renewDeadline : this.lastRenewal + renewDeadline - clock.now();
      if (left <= 0) return this.#lose(`not renewed for ${renewDeadline / 1000} s`);
      try {
        // Half of the deadline, so that a request that hangs leaves time for another. Not ended by `signal`: a renewal on its way must
        // be known before the lease is released.
        await within(clock, Math.min(left, renewDeadline / 2), 'lease', (inTime) => this.#try(inTime));
      } catch (error) {
        logger.warn({ err: error, leading: this.#leading }, 'lease not renewed');
      }
      if (this.#leading && this.holder !== this.#options.identity) return this.#lose(`taken by ${this.holder || 'nobody'}`);
      await sleep(clock, this.#pause(retryPeriod * (1 + random() / 5)), signal);
    }
  }

  /** Never past the deadline: leading must end in time even when the last try comes too late. */
  #pause(period: number): number {
    const { clock, renewDeadline } = this.#options;
    return this.#leading && this.lastRenewal !== undefined ? Math.min(period, this.lastRenewal + renewDeadline - clock.now()) : period;
  }

  /** One try. What comes after `inTime` aborted is not taken in: by then this process may have stopped leading. */
  async #try(inTime: AbortSignal): Promise<void> {
    const { clock, leaseDuration, identity } = this.#options;
    const before = this.#leading ? this.#lease : await this.#read(inTime);
    inTime.throwIfAborted();
    this.#lease = before;
    const sent = clock.now();
    const mine = before === undefined || before.spec.holderIdentity === identity;
    if (!mine && !this.#observer.isFree(before, sent, leaseDuration)) return;
    const written = await this.#write(before, held(before?.spec, identity, leaseDuration, sent));
    // Somebody else wrote it: who holds it now decides, and the next try goes on from that version.
    const after = written ?? (await this.#read(inTime));
    inTime.throwIfAborted();
    this.#lease = after;
    if (!written) return;
    this.lastRenewal = sent;
    this.#setLeading(true);
  }

  async #read(signal: AbortSignal): Promise<Lease | undefined> {
    const { client, namespace, name } = this.#options;
    try {
      return await client.get<Lease>(leases, { namespace, name }, signal);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** @returns nothing when another write came first */
  async #write(before: Lease | undefined, spec: LeaseSpec): Promise<Lease | undefined> {
    const { client, namespace, name } = this.#options;
    try {
      if (before) return await client.replace<Lease>(leases, { ...before, spec });
      return await client.create<Lease>(leases, { metadata: { namespace, name }, spec });
    } catch (error) {
      if (isConflict(error) || isAlreadyExists(error) || isNotFound(error)) return undefined;
      throw error;
    }
  }

  #setLeading(leading: boolean): void {
    if (leading === this.#leading) return;
    this.#leading = leading;
    this.#options.metrics?.leading.set(leading ? 1 : 0);
    if (!leading) return;
    this.#options.logger.info({ identity: this.#options.identity }, 'leading');
    this.#options.onStarted();
  }

  #lose(reason: string): void {
    this.#options.logger.error({ reason }, 'lease lost');
    this.#setLeading(false);
    this.#options.onLost(reason);
  }

  async #release(lease: Lease): Promise<void> {
    const { client, clock, logger, retryPeriod } = this.#options;
    try {
      const spec = released(lease.spec, clock.now());
      await within(clock, retryPeriod, 'release of the lease', () => client.replace(leases, { ...lease, spec }));
    } catch (error) {
      logger.warn({ err: error }, 'lease not released; it expires by itself');
    }
  }
}
