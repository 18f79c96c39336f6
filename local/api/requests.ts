import type { Clock } from '../../operator/kube/clock.ts';
import { pods } from '../../operator/kube/object.ts';
import type { ApiRequest } from '../../operator/kube/transport.ts';
import type { Kind } from './kind.ts';
import { list, readRevision } from './list.ts';
import { timestamp } from './metadata.ts';
import type { ApiObject } from './object.ts';
import type { Objects } from './objects.ts';
import { patch } from './patch.ts';
import { bound, logOptions } from './pod-requests.ts';
import type { LogSource } from './pod-requests.ts';
import { deleteOptions, writeOptions } from './request-options.ts';
import { routeOf } from './routes.ts';
import type { Route } from './routes.ts';
import { selection } from './selectors.ts';
import { deleted, methodNotAllowed, noSuchPath, notFound } from './status.ts';
import type { WriteOptions } from './write.ts';
import { watchEvents } from './watch.ts';
import type { WatchEvent } from './watch.ts';

export interface Answer {
  status: number;
  body: unknown;
  /** The body is plain text. */
  text?: boolean;
}

export interface RequestContext {
  objects: Objects;
  clock: Clock;
  bookmarkInterval: number;
  logs: LogSource;
}

/** A request, looked up. */
interface Call extends RequestContext {
  request: ApiRequest;
  query: Record<string, string>;
  route: Route;
  kind: Kind;
  warn: (text: string) => void;
}

/** How long a watch lasts that does not say, as with the real server's default: half an hour at least. */
const watchTimeout = 30 * 60_000;

/** Answers a request that is no watch. @throws StatusError for every refusal */
export async function answer(context: RequestContext, request: ApiRequest, warn: (text: string) => void): Promise<Answer> {
  const document = context.objects.kinds.discovery(request.path);
  if (document !== undefined) return { status: 200, body: document };
  const call = lookUp(context, request, warn);
  const { name, subresource } = call.route;
  if (call.kind.resource === pods && name !== undefined && subresource === 'log') return logOf(call, name);
  if (call.kind.resource === pods && name !== undefined && subresource === 'binding') return bindPod(call, name);
  if (subresource !== undefined && subresource !== 'status') throw noSuchPath();
  if (subresource === 'status' && !call.kind.statusSubresource) throw notFound(call.kind.resource, name ?? '');
  return name === undefined ? onCollection(call) : onObject(call, name);
}

/** Opens a watch. @throws StatusError for every refusal */
export function watch(context: RequestContext, request: ApiRequest, signal: AbortSignal): AsyncIterable<WatchEvent> {
  const { kind, route, query, objects, clock, bookmarkInterval } = lookUp(context, request, () => undefined);
  const { namespace, name } = route;
  const revision = readRevision(query['resourceVersion'] || '0');
  const selected = selection(kind, query);
  const start = {
    kind,
    revision: revision === 0 ? undefined : revision,
    matches: (object: ApiObject) =>
      (namespace === undefined || object.metadata.namespace === namespace) &&
      (name === undefined || object.metadata.name === name) &&
      (selected?.(object) ?? true),
    bookmarks: query['allowWatchBookmarks'] === 'true',
    bookmarkInterval,
    timeout: query['timeoutSeconds'] ? Number(query['timeoutSeconds']) * 1000 : watchTimeout,
  };
  return watchEvents(objects.store, objects.table(kind), start, clock, signal);
}

function lookUp(context: RequestContext, request: ApiRequest, warn: (text: string) => void): Call {
  const route = routeOf(request.path);
  const kind = context.objects.kinds.get(route);
  if (kind.namespaced ? route.namespace === undefined && route.name !== undefined : route.namespace !== undefined) throw noSuchPath();
  return { ...context, request, query: request.query ?? {}, route, kind, warn };
}

function onCollection(call: Call): Answer {
  const { request, kind, route, query, objects, clock, warn } = call;
  const { namespace } = route;
  const page = () => list(objects.store, objects.table(kind), kind, namespace, query);
  if (request.method === 'GET') return { status: 200, body: page() };
  if (request.method === 'POST' && (namespace !== undefined || !kind.namespaced)) {
    return { status: 201, body: objects.create(kind, namespace, request.body, writeOptions(request, undefined, clock.now(), warn)) };
  }
  if (request.method === 'DELETE' && (namespace !== undefined || !kind.namespaced)) {
    const options = deleteOptions(request);
    const found = page();
    for (const { metadata } of found.items) objects.remove(kind, objects.get(kind, namespace, metadata.name), options);
    return { status: 200, body: found };
  }
  throw methodNotAllowed();
}

function onObject(call: Call, name: string): Answer {
  const { request, kind, route, objects, clock, warn } = call;
  const { namespace, subresource } = route;
  const options = writeOptions(request, subresource, clock.now(), warn);
  const old = () => objects.get(kind, namespace, name);
  switch (request.method) {
    case 'GET':
      return { status: 200, body: old() };
    case 'PUT':
      return { status: 200, body: objects.update(kind, old(), request.body, options) };
    case 'PATCH':
      return patchObject(call, name, options);
    case 'DELETE': {
      if (subresource !== undefined) throw methodNotAllowed();
      const { gone, object } = objects.remove(kind, old(), deleteOptions(request));
      const withObject = !gone || kind.gracePeriod !== undefined;
      return { status: 200, body: withObject ? object : deleted(kind.resource, name, object.metadata.uid) };
    }
    case 'POST':
    default:
      throw methodNotAllowed();
  }
}

function patchObject({ objects, kind, route, request }: Call, name: string, options: WriteOptions): Answer {
  const { created, object } = patch({ objects, kind, namespace: route.namespace, name }, request, options);
  return { status: created ? 201 : 200, body: object };
}

async function logOf({ request, query, kind, route, objects, logs }: Call, name: string): Promise<Answer> {
  if (request.method !== 'GET') throw methodNotAllowed();
  const pod = objects.get(kind, route.namespace, name);
  return { status: 200, body: await logs(pod, logOptions(pod, query)), text: true };
}

function bindPod({ request, kind, route, objects, clock }: Call, name: string): Answer {
  if (request.method !== 'POST') throw methodNotAllowed();
  const pod = objects.get(kind, route.namespace, name);
  objects.rewrite(kind.resource, bound(pod, request.body, timestamp(clock.now())));
  return { status: 201, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } };
}
