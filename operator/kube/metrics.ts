import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const requestSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const waitSeconds = [0.001, 0.01, 0.1, 0.5, 1, 2, 5, 10, 30, 60];
const workSeconds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60];

/** The definitions of every figure of the engine, in a registry of its own. */
export class Metrics {
  readonly registry = new Registry();
  readonly #registers = [this.registry];

  readonly requests = new Counter({
    name: 'assay_api_requests_total',
    help: 'Requests to the API server; code 0 is a request that got no reply.',
    labelNames: ['verb', 'resource', 'code'],
    registers: this.#registers,
  });
  readonly requestDuration = new Histogram({
    name: 'assay_api_request_duration_seconds',
    help: 'Time from sending a request to its reply, retries and waits of the rate limit excluded.',
    labelNames: ['verb', 'resource'],
    buckets: requestSeconds,
    registers: this.#registers,
  });
  readonly limiterWait = new Histogram({
    name: 'assay_api_limiter_wait_seconds',
    help: 'Time that requests waited for the client-side rate limit.',
    buckets: waitSeconds,
    registers: this.#registers,
  });
  readonly queueDepth = new Gauge({
    name: 'assay_queue_depth',
    help: 'Keys that wait for a worker.',
    labelNames: ['controller'],
    registers: this.#registers,
  });
  readonly queueLatency = new Histogram({
    name: 'assay_queue_latency_seconds',
    help: 'Time that a key waited for a worker.',
    labelNames: ['controller'],
    buckets: waitSeconds,
    registers: this.#registers,
  });
  readonly workDuration = new Histogram({
    name: 'assay_queue_work_duration_seconds',
    help: 'Time that one reconcile took.',
    labelNames: ['controller'],
    buckets: workSeconds,
    registers: this.#registers,
  });
  readonly retries = new Counter({
    name: 'assay_queue_retries_total',
    help: 'Keys that were queued again after an error.',
    labelNames: ['controller'],
    registers: this.#registers,
  });
  readonly reconciles = new Counter({
    name: 'assay_reconciles_total',
    help: 'Reconciles by result: done, requeued, error.',
    labelNames: ['controller', 'result'],
    registers: this.#registers,
  });
  readonly watchStarts = new Counter({
    name: 'assay_watch_starts_total',
    help: 'Watches opened.',
    labelNames: ['resource'],
    registers: this.#registers,
  });
  readonly watchFailures = new Counter({
    name: 'assay_watch_failures_total',
    help: 'Watches and lists that ended badly, by reason.',
    labelNames: ['resource', 'reason'],
    registers: this.#registers,
  });
  readonly lists = new Counter({
    name: 'assay_watch_lists_total',
    help: 'Full lists: the first one and every relist after it.',
    labelNames: ['resource'],
    registers: this.#registers,
  });
  readonly watchEvents = new Counter({
    name: 'assay_watch_events_total',
    help: 'Events received, bookmarks included.',
    labelNames: ['resource', 'type'],
    registers: this.#registers,
  });
  readonly leading = new Gauge({
    name: 'assay_leader',
    help: '1 while this process holds the lease.',
    registers: this.#registers,
  });
  readonly recordedEvents = new Counter({
    name: 'assay_events_total',
    help: 'Kubernetes Events by what became of them: written, dropped, failed.',
    labelNames: ['result'],
    registers: this.#registers,
  });
  readonly objects = new Gauge({
    name: 'assay_objects',
    help: 'Objects in the caches, by kind.',
    labelNames: ['kind'],
    registers: this.#registers,
    collect: () => {
      this.objects.reset();
      for (const { kind, size } of this.#sizes) this.objects.inc({ kind }, size());
    },
  });
  readonly #sizes: { kind: string; size: () => number }[] = [];

  /** Counts a cache's objects at every scrape; those of several caches of a kind are added. */
  countObjects(kind: string, size: () => number): void {
    this.#sizes.push({ kind, size });
  }

  /** Adds memory, CPU, garbage collection and event-loop lag of this process, for the program itself: they start observers. */
  collectProcess(): void {
    collectDefaultMetrics({ register: this.registry, prefix: 'assay_' });
  }
}
