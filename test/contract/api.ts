import { expect } from '@jest/globals';
import type { KubeObject, Resource } from '../../operator/kube/object.ts';
import { pods } from '../../operator/kube/object.ts';
import { apiVersionOf, collectionPath, objectPath } from '../../operator/kube/paths.ts';
import type { ApiReply, ApiRequest, Transport } from '../../operator/kube/transport.ts';
import { gadgets } from './fixture.ts';

type Query = Record<string, string>;

/** An API server under test, as one case sees it. */
export interface Subject {
  transport: Transport;
  /** Makes the server forget all history up to now, where it would not of itself. */
  forgetHistory(): void;
}

export interface WatchedEvent {
  type: string;
  object: KubeObject & { code?: number; reason?: string };
}

export interface Reply<T extends KubeObject = TestObject> extends ApiReply {
  object: T;
}

/** Any object of the tests: they look into whatever field they are about. */
export interface TestObject extends KubeObject {
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  data?: Record<string, string>;
}

/** The verbs of the API in one namespace of the server under test. */
export class Api {
  readonly namespace: string;
  readonly subject: Subject;

  constructor(subject: Subject, namespace: string) {
    this.subject = subject;
    this.namespace = namespace;
  }

  async send(method: ApiRequest['method'], path: string, rest: Partial<ApiRequest> = {}): Promise<Reply> {
    const reply = await this.subject.transport.send({ method, path, ...rest });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what it is a case finds out by looking
    return { ...reply, object: reply.body as TestObject };
  }

  async create(resource: Resource, object: TestObject, query: Query = {}): Promise<Reply> {
    return await this.send('POST', this.#collection(resource), { body: typed(resource, object), query });
  }

  /** As `create`, for objects that a case needs and is not about. @throws when it is refused */
  async given(resource: Resource, object: TestObject): Promise<TestObject> {
    const reply = await this.create(resource, object);
    expect(reply).toMatchObject({ status: 201 });
    return reply.object;
  }

  async get(resource: Resource, name: string): Promise<Reply> {
    return await this.send('GET', this.#object(resource, name));
  }

  async put(resource: Resource, object: TestObject, subresource?: string): Promise<Reply> {
    return await this.send('PUT', this.#object(resource, object.metadata.name, subresource), { body: typed(resource, object) });
  }

  async merge(resource: Resource, name: string, body: object, subresource?: string, query: Query = {}): Promise<Reply> {
    const contentType = 'application/merge-patch+json';
    return await this.send('PATCH', this.#object(resource, name, subresource), { body, contentType, query });
  }

  async apply(
    resource: Resource,
    manager: string,
    object: TestObject,
    options: { force?: boolean; subresource?: string } = {},
  ): Promise<Reply> {
    const query = { fieldManager: manager, ...(options.force && { force: 'true' }) };
    const path = this.#object(resource, object.metadata.name, options.subresource);
    return await this.send('PATCH', path, { body: typed(resource, object), contentType: 'application/apply-patch+yaml', query });
  }

  async delete(resource: Resource, name: string, body: object = {}): Promise<Reply> {
    return await this.send('DELETE', this.#object(resource, name), { body: { kind: 'DeleteOptions', apiVersion: 'v1', ...body } });
  }

  async list(
    resource: Resource,
    query: Query = {},
  ): Promise<{ status: number; body: unknown; items: TestObject[]; metadata: ListMetadata }> {
    const { status, body } = await this.send('GET', this.#collection(resource), { query });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
    const { items = [], metadata } = body as { items?: TestObject[]; metadata: ListMetadata };
    return { status, body, items, metadata };
  }

  /** Binds a pod to a node, as the scheduler does. */
  async bind(pod: string, node: string): Promise<Reply> {
    const body = { apiVersion: 'v1', kind: 'Binding', metadata: { name: pod }, target: { kind: 'Node', name: node } };
    return await this.send('POST', this.#object(pods, pod, 'binding'), { body });
  }

  /**
   * Opens a watch, lets `act` happen, and takes events until there are `count` or the server ends the watch.
   * A watch that brings less within 15 s throws.
   */
  async watch(
    resource: Resource,
    query: Query,
    count: number,
    act: () => Promise<unknown> = () => Promise.resolve(),
  ): Promise<WatchedEvent[]> {
    const stop = new AbortController();
    const limit = setTimeout(() => {
      stop.abort(new Error(`fewer than ${count} events within 15 s`));
    }, 15_000);
    try {
      const request: ApiRequest = { method: 'GET', path: this.#collection(resource), query: { watch: 'true', ...query } };
      const reply = await this.subject.transport.watch(request, stop.signal);
      expect(reply).toMatchObject({ status: 200 });
      await act();
      const events: WatchedEvent[] = [];
      for await (const event of reply.events) {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
        events.push(event as WatchedEvent);
        if (events.length === count) break;
      }
      return events;
    } finally {
      clearTimeout(limit);
      stop.abort(new Error('seen enough'));
    }
  }

  #collection(resource: Resource): string {
    return collectionPath(resource, resource === gadgets ? undefined : this.namespace);
  }

  #object(resource: Resource, name: string, subresource?: string): string {
    return objectPath(resource, { name, ...(resource !== gadgets && { namespace: this.namespace }) }, subresource);
  }
}

export interface ListMetadata {
  resourceVersion: string;
  continue?: string;
  remainingItemCount?: number;
}

function typed(resource: Resource, object: TestObject): object {
  return { apiVersion: apiVersionOf(resource), kind: resource.kind, ...object };
}

/** Asks until the reply is as wanted; what the server's controllers do takes a moment. @throws after 60 s */
export async function eventually(ask: () => Promise<Reply>, wanted: (reply: Reply) => boolean): Promise<Reply> {
  const end = Date.now() + 60_000;
  for (;;) {
    const reply = await ask();
    if (wanted(reply)) return reply;
    if (Date.now() > end) throw new Error(`still ${reply.status} ${JSON.stringify(reply.body).slice(0, 500)}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
}

/** A case of the contract: the same must be true of every server. */
export interface Case {
  name: string;
  run(api: Api): Promise<void>;
}

/** The fields that a 422 names, without the real server's remark that it did not look further. */
export function causeFields({ body }: Reply): string[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
  const { details } = body as { details?: { causes?: { field: string }[] } };
  const fields = (details?.causes ?? []).map(({ field }) => field).filter((field) => field !== '<nil>');
  return [...new Set(fields)].toSorted();
}
