import { backoff } from './backoff.ts';
import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { ApiError, messageOf, NoReplyError } from './errors.ts';
import type { Limiter } from './limiter.ts';
import type { Metrics } from './metrics.ts';
import { pods } from './object.ts';
import type { KubeObject, Resource } from './object.ts';
import { apiVersionOf, collectionPath, objectPath } from './paths.ts';
import type { ObjectRef } from './paths.ts';
import type { ApiReply, ApiRequest, Transport } from './transport.ts';
import { sleep, within } from './wait.ts';

export interface ClientOptions {
  limiter?: Limiter;
  clock?: Clock;
  metrics?: Metrics;
  /** Longest wait for one reply, ms; 30 s. */
  timeout?: number;
  random?: () => number;
}

export interface ListOptions {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  limit?: number;
  continue?: string;
  resourceVersion?: string;
}

export interface List<T> {
  items: T[];
  metadata: { resourceVersion: string; continue?: string };
}

export interface WriteOptions {
  fieldManager?: string;
  /** What the server does with fields it does not know; its own default is Warn. */
  fieldValidation?: 'Strict' | 'Warn' | 'Ignore';
}

export interface PatchOptions extends WriteOptions {
  /** merge: RFC 7386. apply: server-side apply, which needs `fieldManager`. */
  type: 'merge' | 'apply';
  subresource?: string;
  /** Takes over fields that others own (apply only). */
  force?: boolean;
}

export interface DeleteOptions {
  /** Preconditions: only this object, only in this version; else 409. */
  uid?: string;
  resourceVersion?: string;
  gracePeriodSeconds?: number;
  propagationPolicy?: 'Orphan' | 'Background' | 'Foreground';
}

export interface WatchOptions {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  resourceVersion?: string;
  timeoutSeconds?: number;
  allowWatchBookmarks?: boolean;
}

export interface LogOptions {
  container: string;
  tailLines?: number;
  limitBytes?: number;
}

const maxTries = 5;
/** Seconds; a server that asks for more gets the error handed on, so that the caller's own back-off decides. */
const longestRetryAfter = 30;

/** The one way to the API server: raw JSON in and out, rate limit, time-outs, and retries where they can do no harm. */
export class KubeClient {
  readonly #transport: Transport;
  readonly #limiter: Limiter | undefined;
  readonly #clock: Clock;
  readonly #metrics: Metrics | undefined;
  readonly #timeout: number;
  readonly #random: () => number;

  constructor(transport: Transport, { limiter, clock = systemClock, metrics, timeout = 30_000, random = Math.random }: ClientOptions = {}) {
    this.#transport = transport;
    this.#limiter = limiter;
    this.#clock = clock;
    this.#metrics = metrics;
    this.#timeout = timeout;
    this.#random = random;
  }

  /** @throws ApiError (isNotFound), NoReplyError */
  async get<T extends KubeObject>(resource: Resource, ref: ObjectRef, signal?: AbortSignal): Promise<T> {
    return await this.#call<T>('get', resource, { method: 'GET', path: objectPath(resource, ref) }, signal);
  }

  /** One page when `limit` is set. Items carry apiVersion and kind, which servers leave out of lists of built-in kinds. */
  async list<T extends KubeObject>(resource: Resource, options: ListOptions = {}, signal?: AbortSignal): Promise<List<T>> {
    const { namespace, ...query } = options;
    const request: ApiRequest = { method: 'GET', path: collectionPath(resource, namespace), query: queryOf(query) };
    const list = await this.#call<List<T>>('list', resource, request, signal);
    // A page of a proxy taken for an empty list would make every object look deleted.
    if (typeof list?.metadata?.resourceVersion !== 'string')
      throw new NoReplyError('Connection', `${nameOf(request)}: the reply is no list`);
    return { items: (list.items ?? []).map((item) => typed(resource, item)), metadata: list.metadata };
  }

  /** @throws ApiError (isAlreadyExists, isInvalid, isForbidden) */
  async create<T extends KubeObject>(resource: Resource, object: T, options: WriteOptions = {}): Promise<T> {
    const path = collectionPath(resource, object.metadata.namespace);
    return await this.#call('create', resource, { method: 'POST', path, query: queryOf(options), body: typed(resource, object) });
  }

  /** Creates under an object, e.g. the `binding` of a pod. @throws ApiError as `create`, and isNotFound */
  async createUnder(resource: Resource, ref: ObjectRef, subresource: string, body: object): Promise<void> {
    await this.#call('create', resource, { method: 'POST', path: objectPath(resource, ref, subresource), body });
  }

  /** Writes the whole object. @throws ApiError: isConflict when `metadata.resourceVersion` is set and no longer the newest */
  async replace<T extends KubeObject>(resource: Resource, object: T, options: WriteOptions = {}): Promise<T> {
    const path = objectPath(resource, object.metadata);
    return await this.#call('update', resource, { method: 'PUT', path, query: queryOf(options), body: typed(resource, object) });
  }

  /** As `replace`, for the status alone. */
  async replaceStatus<T extends KubeObject>(resource: Resource, object: T, options: WriteOptions = {}): Promise<T> {
    const path = objectPath(resource, object.metadata, 'status');
    return await this.#call('update', resource, { method: 'PUT', path, query: queryOf(options), body: typed(resource, object) });
  }

  /** @returns the object after the patch */
  async patch<T extends KubeObject>(resource: Resource, ref: ObjectRef, body: object, options: PatchOptions): Promise<T> {
    const { type, subresource, ...query } = options;
    return await this.#call('patch', resource, {
      method: 'PATCH',
      path: objectPath(resource, ref, subresource),
      query: queryOf(query),
      body: type === 'apply' ? { apiVersion: apiVersionOf(resource), kind: resource.kind, ...body } : body,
      contentType: type === 'apply' ? 'application/apply-patch+yaml' : 'application/merge-patch+json',
    });
  }

  /** Accepted, not yet gone: finalizers and grace periods come after. @throws ApiError (isNotFound, isConflict) */
  async delete(resource: Resource, ref: ObjectRef, options: DeleteOptions = {}): Promise<void> {
    const { uid, resourceVersion, ...rest } = options;
    const preconditions = { ...(uid ? { uid } : {}), ...(resourceVersion ? { resourceVersion } : {}) };
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', ...rest, ...(uid || resourceVersion ? { preconditions } : {}) };
    await this.#call('delete', resource, { method: 'DELETE', path: objectPath(resource, ref), body });
  }

  /**
   * Opens a watch; the returned documents are the server's, unchecked. Not retried here: the reflector knows where to resume.
   * @throws ApiError when the server refuses, NoReplyError when it does not answer in time
   */
  async watch(resource: Resource, options: WatchOptions, signal: AbortSignal): Promise<AsyncIterable<unknown>> {
    const { namespace, ...query } = options;
    const request: ApiRequest = {
      method: 'GET',
      path: collectionPath(resource, namespace),
      query: { watch: 'true', ...queryOf(query) },
    };
    await this.#limiter?.acquire(signal);
    // The time limit ends with the reply; the stream after it lives as long as `signal`, so the two signals are apart.
    const stream = new AbortController();
    const abort = () => {
      stream.abort(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    try {
      const reply = await this.#timed('watch', resource, request, () =>
        within(this.#clock, this.#timeout, nameOf(request), () => this.#transport.watch(request, stream.signal), signal),
      );
      if (reply.status !== 200) throw ApiError.from(reply.status, reply.body, reply.headers, nameOf(request));
      return reply.events;
    } catch (error) {
      stream.abort(error);
      throw error;
    }
  }

  /** Text of a container's log. `limitBytes` bounds it on the server's side. */
  async log(ref: ObjectRef, { container, ...query }: LogOptions, signal?: AbortSignal): Promise<string> {
    const request: ApiRequest = { method: 'GET', path: objectPath(pods, ref, 'log'), query: { container, ...queryOf(query) } };
    const body = await this.#call<unknown>('log', pods, request, signal);
    // A log that happens to be one JSON document may come parsed.
    return typeof body === 'string' ? body : JSON.stringify(body ?? '');
  }

  /** Ends the transport: open watches end, later calls fail. */
  async close(): Promise<void> {
    await this.#transport.close();
  }

  async #call<T>(verb: string, resource: Resource, request: ApiRequest, signal?: AbortSignal): Promise<T> {
    const what = nameOf(request);
    for (let tries = 1; ; tries++) {
      const result = await this.#try(verb, resource, request, signal);
      // The caller names the kind's type; the server vouches for its shape.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      if ('reply' in result) return result.reply.body as T;
      const delay = retryDelay(result.failure, request, tries, this.#random);
      if (delay === undefined || signal?.aborted) throw result.failure;
      await sleep(this.#clock, delay, signal);
      if (signal?.aborted) throw new NoReplyError('Connection', `${what}: given up while waiting to try again`, signal.reason);
    }
  }

  async #try(
    verb: string,
    resource: Resource,
    request: ApiRequest,
    signal?: AbortSignal,
  ): Promise<{ reply: ApiReply } | { failure: unknown }> {
    await this.#limiter?.acquire(signal);
    const what = nameOf(request);
    try {
      const reply = await this.#timed(verb, resource, request, () =>
        within(this.#clock, this.#timeout, what, (inner) => this.#transport.send(request, inner), signal),
      );
      if (reply.status >= 200 && reply.status < 300) return { reply };
      return { failure: ApiError.from(reply.status, reply.body, reply.headers, what) };
    } catch (error) {
      return { failure: error };
    }
  }

  async #timed<R extends ApiReply>(verb: string, resource: Resource, request: ApiRequest, send: () => Promise<R>): Promise<R> {
    const start = this.#clock.now();
    let code = 0;
    try {
      const reply = await send();
      code = reply.status;
      return reply;
    } catch (error) {
      throw error instanceof NoReplyError ? error : new NoReplyError('Connection', `${nameOf(request)}: ${messageOf(error)}`, error);
    } finally {
      this.#metrics?.requests.inc({ verb, resource: resource.plural, code });
      this.#metrics?.requestDuration.observe({ verb, resource: resource.plural }, (this.#clock.now() - start) / 1000);
    }
  }
}

/**
 * Whether a failed request may be sent again, and after how many ms. 429 says that nothing was done, for any verb; a 503 says so
 * only where it names Retry-After. Without such a word only reads are repeated.
 */
function retryDelay(error: unknown, request: ApiRequest, tries: number, random: () => number): number | undefined {
  if (tries >= maxTries) return undefined;
  const read = request.method === 'GET';
  if (error instanceof NoReplyError) {
    // A pooled connection that the server closed meanwhile; once is enough for that.
    return read && error.reason === 'Connection' && tries === 1 ? backoff(0, { base: 100, random }) : undefined;
  }
  if (!(error instanceof ApiError)) return undefined;
  const { status, retryAfter } = error;
  if (status !== 429 && status !== 503) return undefined;
  if (retryAfter !== undefined) return retryAfter > longestRetryAfter ? undefined : retryAfter * 1000 + backoff(0, { base: 500, random });
  return read || status === 429 ? backoff(tries - 1, { base: 500, random }) : undefined;
}

function queryOf(options: object): Record<string, string> {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

function typed<T extends KubeObject>(resource: Resource, object: T): T {
  return { ...object, apiVersion: apiVersionOf(resource), kind: resource.kind };
}

function nameOf({ method, path }: ApiRequest): string {
  return `${method} ${path}`;
}
