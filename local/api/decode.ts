import { apiVersionOf } from '../../operator/kube/paths.ts';
import type { Kind } from './kind.ts';
import type { ApiObject } from './object.ts';
import { isFields } from './object.ts';
import { badRequest, StatusError } from './status.ts';

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
  checkKind(kind, apiVersion, object);
  object.apiVersion = apiVersion;
  object.kind = kind.resource.kind;
  const unreadable = kind.unreadable?.(object);
  if (unreadable !== undefined) throw cannotBeHandled(kind, unreadable);
  refuseUnknown(kind, kind.schema?.prune(object) ?? [], fieldValidation, warn);
  return object;
}

/** What would arrive over HTTP: undefined fields gone, dates as text, nothing shared with the caller. */
function wireForm(body: unknown): unknown {
  const text = JSON.stringify(body) ?? '';
  const bytes = Buffer.byteLength(text);
  if (bytes > bodyLimit) throw new StatusError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${bodyLimit}`);
  if (bytes > objectLimit) throw new StatusError(500, undefined, 'etcdserver: request is too large');
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

/** A built-in kind may leave its name out; a custom one must say what it is. */
function checkKind({ custom, resource }: Kind, apiVersion: string, object: Partial<ApiObject>): void {
  if (custom && !object.kind)
    throw badRequest(`the object provided is unrecognized (must be of type ${resource.kind}): Object 'Kind' is missing`);
  const said = object.apiVersion ?? (custom ? '' : apiVersion);
  if (said !== apiVersion) {
    throw badRequest(`the API version in the data (${said}) does not match the expected API version (${apiVersion})`);
  }
  if ((object.kind ?? resource.kind) !== resource.kind) {
    throw badRequest(`the kind in the data (${object.kind}) does not match the expected kind (${resource.kind})`);
  }
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
  else throw cannotBeHandled(kind, `strict decoding error: ${unknown.join(', ')}`);
}

function cannotBeHandled({ resource: { kind, version } }: Kind, why: string): StatusError {
  return badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`);
}
