import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../operator/kube/clock.ts';
import { systemClock } from '../../operator/kube/clock.ts';
import { customResourceDefinitions, namespaces } from '../../operator/kube/object.ts';
import type { Resource } from '../../operator/kube/object.ts';
import type { ApiReply, ApiRequest, Transport, WatchReply } from '../../operator/kube/transport.ts';
import type { LogSource } from './pod-requests.ts';
import { copy } from './object.ts';
import { Objects } from './objects.ts';
import { answer, watch } from './requests.ts';
import type { RequestContext } from './requests.ts';
import { StatusError } from './status.ts';
import { Store } from './store.ts';

export interface MemoryApiOptions {
  clock?: Clock;
  /** How many of the latest changes each kind remembers at least; watches and pages that are older get 410. Default 20,000. */
  historyLimit?: number;
  /** Milliseconds between the bookmarks of a watch that asked for them. Default one minute. */
  bookmarkInterval?: number;
  /** Creates a namespace when the first object is put into it, instead of refusing the object. */
  createNamespaces?: boolean;
  /** Where pods' logs come from; without it every log is empty. */
  logs?: LogSource;
}

/**
 * A Kubernetes API server in this process, as far as an operator can tell: the contract suite holds it to a real one.
 * Callers share nothing with the store; every request takes a turn of the event loop, as over a network.
 */
export class MemoryApi implements Transport {
  readonly #store: Store;
  readonly #context: RequestContext;
  readonly #closed = new AbortController();

  constructor(options: MemoryApiOptions = {}) {
    const { clock = systemClock, historyLimit = 20_000, bookmarkInterval = 60_000, createNamespaces = false, logs = () => '' } = options;
    this.#store = new Store(historyLimit);
    this.#context = { objects: new Objects(this.#store, clock, createNamespaces), clock, bookmarkInterval, logs };
    for (const name of ['default', 'kube-system']) this.#create(namespaces, { metadata: { name } });
  }

  /** Serves the kinds of a CustomResourceDefinition at once. @throws StatusError 409, 422 */
  install(crd: object): void {
    this.#create(customResourceDefinitions, crd);
  }

  /** Forgets the history of all kinds, so that older watches and pages get 410. */
  compact(): void {
    for (const table of this.#store.tables()) table.compact();
  }

  async send(request: ApiRequest, signal?: AbortSignal): Promise<ApiReply> {
    await setImmediate();
    signal?.throwIfAborted();
    this.#closed.signal.throwIfAborted();
    const warnings: string[] = [];
    try {
      const { status, body, text } = await answer(this.#context, request, (warning) => warnings.push(warning));
      return { status, headers: headersOf(warnings, text ? 'text/plain' : 'application/json'), body: copy(body) };
    } catch (error) {
      return refusal(error);
    }
  }

  async watch(request: ApiRequest, signal: AbortSignal): Promise<WatchReply> {
    await setImmediate();
    const ended = AbortSignal.any([signal, this.#closed.signal]);
    ended.throwIfAborted();
    try {
      return { status: 200, headers: headersOf([], 'application/json'), body: undefined, events: watch(this.#context, request, ended) };
    } catch (error) {
      return { ...refusal(error), events: none() };
    }
  }

  /** Ends all watches and refuses further requests. */
  close(): Promise<void> {
    this.#closed.abort(new Error('the in-memory API server is closed'));
    return Promise.resolve();
  }

  #create(resource: Resource, object: object): void {
    const { objects } = this.#context;
    objects.create(objects.kinds.get(resource), undefined, object);
  }
}

// oxlint-disable-next-line require-yield
async function* none(): AsyncGenerator<never> {}

function refusal(error: unknown): ApiReply {
  if (!(error instanceof StatusError)) throw error;
  const { status } = error;
  return { status: status.code, headers: headersOf([], 'application/json'), body: copy(status) };
}

function headersOf(warnings: string[], contentType: string): Record<string, string> {
  const warning = warnings.map((text) => `299 - ${JSON.stringify(text)}`).join(', ');
  return { 'content-type': contentType, ...(warning && { warning }) };
}
