import { mergePatch } from '../../operator/kube/merge-patch.ts';
import { apiVersionOf } from '../../operator/kube/paths.ts';
import type { ApiRequest } from '../../operator/kube/transport.ts';
import { applied } from './apply.ts';
import type { Kind } from './kind.ts';
import { invalidValue, required } from './metadata.ts';
import type { ApiObject } from './object.ts';
import { copy, fieldAt, isFields, textAt } from './object.ts';
import type { Objects } from './objects.ts';
import { managedFields, ownableFields } from './owners.ts';
import { badRequest, invalid, notFound, StatusError } from './status.ts';
import { writer } from './write.ts';
import type { WriteOptions } from './write.ts';

const mergeType = 'application/merge-patch+json';
const applyType = 'application/apply-patch+yaml';

export interface PatchTarget {
  objects: Objects;
  kind: Kind;
  namespace: string | undefined;
  name: string;
}

/**
 * Changes an object by a merge patch or a server-side apply; the latter makes it where there is none.
 * @throws StatusError 400, 404, 409, 415, 422
 */
export function patch(target: PatchTarget, request: ApiRequest, options: WriteOptions): { created: boolean; object: ApiObject } {
  if (request.contentType === applyType) return applyPatch(target, request, options);
  if (request.contentType !== mergeType) throw unsupported();
  const { objects, kind, namespace, name } = target;
  const old = objects.get(kind, namespace, name);
  const uid = fieldAt(request.body, 'metadata', 'uid');
  if (uid !== undefined && uid !== old.metadata.uid) {
    throw invalid(kind.resource, name, [invalidValue('metadata.uid', uid, 'field is immutable')]);
  }
  return { created: false, object: objects.update(kind, old, mergePatch(old, copy(request.body)), options) };
}

function unsupported(): StatusError {
  const known = `accepted media types include: ${mergeType}, ${applyType}`;
  return new StatusError(415, 'UnsupportedMediaType', `the body of the request was in an unknown format - ${known}`);
}

function applyPatch(target: PatchTarget, { body, query }: ApiRequest, options: WriteOptions): { created: boolean; object: ApiObject } {
  const { objects, kind, namespace, name } = target;
  if (!query?.['fieldManager']) {
    const patchOptions = { group: 'meta.k8s.io', version: 'v1', plural: 'patchoptions', kind: 'PatchOptions' };
    throw invalid(patchOptions, '', [required('fieldManager', 'is required for apply patch')]);
  }
  const configuration = configurationOf(target, body, options.subresource);
  const live = objects.find(kind, namespace, name);
  const by = writer(kind, options, 'Apply');
  if (live) {
    const { object, managedFields: owned } = applied(live, configuration, kind.lists, by, query['force'] === 'true');
    return { created: false, object: objects.update(kind, live, object, { ...options, ...(owned && { managedFields: owned }) }) };
  }
  if (options.subresource) throw notFound(kind.resource, name);
  const fields = new Set(ownableFields(configuration, kind.lists).keys());
  const object = objects.create(kind, namespace, configuration, { ...options, managedFields: managedFields([{ by, fields }]) });
  return { created: true, object };
}

/** The part of the body that this path applies. @throws StatusError 400, 500 */
function configurationOf({ kind, name }: PatchTarget, body: unknown, subresource: 'status' | undefined): ApiObject {
  const configuration = copy(body);
  if (
    !isConfiguration(configuration) ||
    configuration.kind !== kind.resource.kind ||
    configuration.apiVersion !== apiVersionOf(kind.resource)
  ) {
    throw badRequest(`invalid object type: ${textAt(body, 'apiVersion') || '/'}, Kind=${textAt(body, 'kind')}`);
  }
  configuration.metadata ??= { name };
  configuration.metadata.name ||= name;
  if (configuration.metadata.managedFields) throw badRequest('metadata.managedFields must be nil');
  const [unknown] = kind.schema?.prune(configuration) ?? [];
  if (unknown !== undefined) {
    const typed = `/${name}; ${configuration.apiVersion}, Kind=${configuration.kind}`;
    throw new StatusError(500, undefined, `failed to create typed patch object (${typed}): .${unknown}: field not declared in schema`);
  }
  if (!kind.statusSubresource) return configuration;
  const { status, ...rest } = configuration;
  const { apiVersion, kind: kindName, metadata } = rest;
  return subresource
    ? { apiVersion, kind: kindName, metadata: { name: metadata.name }, ...(status && { status }) }
    : { ...rest, apiVersion, kind: kindName, metadata };
}

function isConfiguration(value: unknown): value is ApiObject {
  return isFields(value);
}
