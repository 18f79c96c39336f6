import type { Resource } from '../../operator/kube/object.ts';

/** One wrong field of a refused object, as it stands in `details.causes`. */
export interface StatusCause {
  reason?: string;
  message: string;
  field?: string;
}

export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
}

/** The body of every reply that is not an object or a list. */
export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: { continue?: string };
  status: 'Success' | 'Failure';
  message?: string;
  reason?: string;
  details?: StatusDetails;
  code?: number;
}

/** A refusal, with the Status that the caller gets. */
export class StatusError extends Error {
  readonly status: Status & { code: number };

  constructor(code: number, reason: string | undefined, message: string, details?: StatusDetails, metadata: Status['metadata'] = {}) {
    super(message);
    this.name = 'StatusError';
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata,
      status: 'Failure',
      message,
      ...(reason && { reason }),
      ...(details && { details }),
      code,
    };
  }
}

/** `pods`, or `benchmarks.assay.dev`: how messages name a resource. */
function qualified({ group, plural }: Resource): string {
  return group ? `${plural}.${group}` : plural;
}

function identity({ group, plural }: Resource, name: string): StatusDetails {
  return { ...(name && { name }), ...(group && { group }), kind: plural };
}

export function notFound(resource: Resource, name: string): StatusError {
  return new StatusError(404, 'NotFound', `${qualified(resource)} "${name}" not found`, identity(resource, name));
}

/** A path that no kind serves. */
export function noSuchPath(): StatusError {
  return new StatusError(404, 'NotFound', 'the server could not find the requested resource', {});
}

export function alreadyExists(resource: Resource, name: string): StatusError {
  return new StatusError(409, 'AlreadyExists', `${qualified(resource)} "${name}" already exists`, identity(resource, name));
}

export const modified = 'the object has been modified; please apply your changes to the latest version and try again';

export function conflict(resource: Resource, name: string, why: string = modified): StatusError {
  const message = `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${why}`;
  return new StatusError(409, 'Conflict', message, identity(resource, name));
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

export function forbidden(resource: Resource, name: string, why: string, causes?: StatusCause[]): StatusError {
  const message = `${qualified(resource)} "${name}" is forbidden: ${why}`;
  return new StatusError(403, 'Forbidden', message, { ...identity(resource, name), ...(causes && { causes }) });
}

/** 422: the object breaks rules of its kind; one cause a field. */
export function invalid(resource: Resource, name: string, causes: StatusCause[]): StatusError {
  const { kind } = resource;
  const lines = causes.map((cause) => `${cause.field}: ${cause.message}`);
  const text = lines.length === 1 ? lines.join('') : `[${lines.join(', ')}]`;
  const details = { ...identity({ ...resource, plural: kind }, name), causes };
  return new StatusError(422, 'Invalid', `${qualified({ ...resource, plural: kind })} "${name}" is invalid: ${text}`, details);
}

/** 410: the history before `oldest` is gone. */
export function tooOld(revision: number, oldest: number): StatusError {
  return new StatusError(410, 'Expired', `too old resource version: ${revision} (${oldest})`);
}

/** 504: the caller has seen a revision that this server has not. */
export function tooLarge(revision: number, latest: number): StatusError {
  return new StatusError(504, 'Timeout', `Timeout: Too large resource version: ${revision}, current: ${latest}`, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  });
}

export function methodNotAllowed(): StatusError {
  return new StatusError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});
}

/** The reply to a deletion that is complete. */
export function deleted(resource: Resource, name: string, uid: string | undefined): Status {
  const details = { ...identity(resource, name), ...(uid && { uid }) };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
}
