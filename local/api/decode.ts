import type { Kind } from './kind.ts';
import type { ApiObject } from './object.ts';
import { apiVersionOf, isFields } from './object.ts';
import { badRequest, StatusError, wrongKind } from './status.ts';

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

/** The API server's limit of a request body. */
const bodyLimit = 3 * 1024 * 1024;
/** etcd's limit of a write: what an object may weigh. */
const objectLimit = 1.5 * 1024 * 1024;

/**
 * Reads a body as an object of the kind: JSON only, of the right kind, not too large, unknown fields dropped or refused.
 * @throws StatusError 400, 413
 */
export function decode(
  kind: Kind,
  body: unknown,
  { fieldValidation, warn }: { fieldValidation: FieldValidation; warn: (text: string) => void },
): ApiObject {
  const object = wireForm(body);
  if (!isObject(object)) throw badRequest(`the body is not a ${kind.resource.kind}`);
  const apiVersion = apiVersionOf(kind.resource);
  if ((object.apiVersion ?? apiVersion) !== apiVersion || (object.kind ?? kind.resource.kind) !== kind.resource.kind) {
    throw wrongKind(kind.resource, object.apiVersion, object.kind);
  }
  object.apiVersion = apiVersion;
  object.kind = kind.resource.kind;
  refuseUnknown(kind, kind.schema?.prune(object) ?? [], fieldValidation, warn);
  return object;
}

/** What would arrive over HTTP: undefined fields gone, dates as text, nothing shared with the caller. */
function wireForm(body: unknown): unknown {
  const text = JSON.stringify(body) ?? '';
  const bytes = Buffer.byteLength(text);
  if (bytes > bodyLimit) throw new StatusError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${bodyLimit}`);
  if (bytes > objectLimit) throw new StatusError(500, 'InternalError', 'etcdserver: request is too large');
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

function isObject(value: unknown): value is ApiObject {
  if (!isFields(value)) return false;
  value['metadata'] ??= {};
  const { metadata } = value;
  if (!isFields(metadata)) return false;
  metadata['name'] ??= '';
  return typeof metadata['name'] === 'string';
}

function refuseUnknown(kind: Kind, paths: string[], fieldValidation: FieldValidation, warn: (text: string) => void): void {
  if (paths.length === 0 || fieldValidation === 'Ignore') return;
  const unknown = paths.map((path) => `unknown field "${path}"`);
  if (fieldValidation === 'Warn') for (const text of unknown) warn(text);
  else {
    const { kind: name, version } = kind.resource;
    throw badRequest(`${name} in version "${version}" cannot be handled as a ${name}: strict decoding error: ${unknown.join(', ')}`);
  }
}
