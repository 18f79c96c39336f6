import { randomBytes } from 'node:crypto';
import { BoundedMap } from './bounded-map.ts';
import type { KubeClient } from './client.ts';
import { systemClock } from './clock.ts';
import type { Clock, Instant } from './clock.ts';
import { isNotFound } from './errors.ts';
import { Limiter } from './limiter.ts';
import type { Logger } from './logger.ts';
import { silentLogger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { events } from './object.ts';
import type { KubeObject } from './object.ts';

/** core/v1 Event, as far as it is written here. */
export interface EventObject extends KubeObject {
  involvedObject: { apiVersion?: string; kind?: string; namespace?: string; name: string; uid?: string; resourceVersion?: string };
  type: EventType;
  reason: string;
  message: string;
  count: number;
  firstTimestamp: string;
  lastTimestamp: string;
  source: { component: string };
  reportingComponent: string;
  reportingInstance: string;
}

export type EventType = 'Normal' | 'Warning';

export interface RecorderOptions {
  client: KubeClient;
  /** Who says it. */
  component?: string;
  instance?: string;
  clock?: Clock;
  logger?: Logger;
  metrics?: Metrics;
}

/** Repeats of one Event, the server's copy included. */
interface Entry {
  event: EventObject;
  writtenAt: Instant;
  /** Writes of this entry, one after another. */
  tail: Promise<void>;
  cancel?: () => void;
}

const longestMessage = 1024;
/** Repeats are summed up for this long before they are written, ms. */
const repeatInterval = 60_000;
/** New Events of one object: so many at once, then one in five minutes, as client-go's recorder does. */
const budget = { burst: 25, qps: 1 / 300 };
const remembered = 2000;
const maxOutstanding = 200;

/** Writes Events: the same one again only raises its count. Never fails and never delays the caller; what cannot be written is dropped. */
export class Recorder {
  readonly #options: Required<Pick<RecorderOptions, 'client' | 'component' | 'instance' | 'clock' | 'logger'>>;
  readonly #metrics: Metrics | undefined;
  readonly #entries = new BoundedMap<string, Entry>(remembered);
  readonly #budgets = new BoundedMap<string, Limiter>(remembered);
  #outstanding = 0;

  constructor({ client, component = 'assay', instance = component, clock = systemClock, logger = silentLogger, metrics }: RecorderOptions) {
    this.#options = { client, component, instance, clock, logger };
    this.#metrics = metrics;
  }

  /** @param reason CamelCase constant. @param message for people; cut at 1 KiB */
  record(object: KubeObject, type: EventType, reason: string, message: string): void {
    const text = cut(message);
    const owner = object.metadata.uid ?? `${object.kind}/${object.metadata.namespace}/${object.metadata.name}`;
    const key = JSON.stringify([owner, type, reason, text]);
    const known = this.#entries.get(key);
    if (known) {
      this.#repeat(known);
      return;
    }
    if (this.#outstanding >= maxOutstanding || !this.#budget(owner).tryAcquire()) {
      this.#metrics?.recordedEvents.inc({ result: 'dropped' });
      return;
    }
    const event = this.#event(object, type, reason, text);
    const entry: Entry = { event, writtenAt: this.#options.clock.now(), tail: Promise.resolve() };
    this.#entries.set(key, entry);
    this.#write(entry, () => this.#create(event));
  }

  /** Writes the repeats that wait and lets all writes end. */
  async flush(): Promise<void> {
    for (const entry of this.#entries.values()) if (entry.cancel) this.#writeCount(entry);
    await Promise.all([...this.#entries.values()].map((entry) => entry.tail));
  }

  #repeat(entry: Entry): void {
    const { clock } = this.#options;
    entry.event.count++;
    entry.event.lastTimestamp = timeOf(clock.now());
    entry.cancel ??= clock.after(Math.max(0, entry.writtenAt + repeatInterval - clock.now()), () => {
      this.#writeCount(entry);
    });
  }

  #writeCount(entry: Entry): void {
    entry.cancel?.();
    delete entry.cancel;
    entry.writtenAt = this.#options.clock.now();
    this.#write(entry, async () => {
      const { count, lastTimestamp, metadata } = entry.event;
      try {
        await this.#options.client.patch(events, metadata, { count, lastTimestamp }, { type: 'merge' });
      } catch (error) {
        // The server forgets Events after an hour; the count goes on in a new one.
        if (!isNotFound(error)) throw error;
        await this.#create(entry.event);
      }
    });
  }

  async #create(event: EventObject): Promise<void> {
    await this.#options.client.create(events, { ...event });
  }

  #write(entry: Entry, work: () => Promise<void>): void {
    this.#outstanding++;
    entry.tail = entry.tail
      .then(work)
      .then(
        () => this.#metrics?.recordedEvents.inc({ result: 'written' }),
        (error: unknown) => {
          this.#metrics?.recordedEvents.inc({ result: 'failed' });
          this.#options.logger.debug({ err: error, reason: entry.event.reason }, 'event not written');
        },
      )
      .finally(() => {
        this.#outstanding--;
      });
  }

  #budget(owner: string): Limiter {
    const known = this.#budgets.get(owner) ?? new Limiter({ ...budget, clock: this.#options.clock });
    this.#budgets.set(owner, known);
    return known;
  }

  #event(object: KubeObject, type: EventType, reason: string, message: string): EventObject {
    const { component, instance, clock } = this.#options;
    const { namespace, name, uid, resourceVersion } = object.metadata;
    const now = timeOf(clock.now());
    return {
      metadata: { name: `${name.slice(0, 230)}.${randomBytes(8).toString('hex')}`, namespace: namespace ?? 'default' },
      involvedObject: {
        ...(object.apiVersion ? { apiVersion: object.apiVersion } : {}),
        ...(object.kind ? { kind: object.kind } : {}),
        ...(namespace ? { namespace } : {}),
        name,
        ...(uid ? { uid } : {}),
        ...(resourceVersion ? { resourceVersion } : {}),
      },
      type,
      reason,
      message,
      count: 1,
      firstTimestamp: now,
      lastTimestamp: now,
      source: { component },
      reportingComponent: component,
      reportingInstance: instance,
    };
  }
}

/** At most 1 KiB of UTF-8; the API server refuses longer ones. Never ends inside a character. */
function cut(message: string): string {
  const bytes = Buffer.from(message);
  if (bytes.length <= longestMessage) return message;
  return `${bytes
    .subarray(0, longestMessage - 3)
    .toString()
    .replace(/\uFFFD+$/, '')}…`;
}

/** metav1.Time: whole seconds. */
function timeOf(now: Instant): string {
  return new Date(now).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
