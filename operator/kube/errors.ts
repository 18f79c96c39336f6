/** What a Status says beyond its reason: which fields were refused and why, and when to come back. */
export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: { reason?: string; message?: string; field?: string }[];
  retryAfterSeconds?: number;
}

/** The API server's answer when it is no success (meta/v1 Status). */
export interface Status {
  kind: 'Status';
  status?: string;
  message?: string;
  reason?: string;
  details?: StatusDetails;
  code?: number;
}

/** A reply of the API server that is no success. `retryAfter` in seconds, where the server named it. */
export class ApiError extends Error {
  readonly status: number;
  readonly reason: string;
  readonly details?: StatusDetails;
  readonly retryAfter?: number;

  constructor(status: number, reason: string, message: string, more: { details?: StatusDetails; retryAfter?: number } = {}) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.reason = reason;
    if (more.details) this.details = more.details;
    if (more.retryAfter !== undefined) this.retryAfter = more.retryAfter;
  }

  /**
   * From a reply's body, which may be a Status, text of a proxy on the way, or nothing.
   * @param request what was asked, e.g. `GET /api/v1/pods`; it begins the message
   */
  static from(status: number, body: unknown, headers: Record<string, string> = {}, request = ''): ApiError {
    const known = isStatus(body) ? body : undefined;
    const code = status || known?.code || 500;
    const reason = known?.reason || reasonOf(code);
    const said = known?.message || (typeof body === 'string' && body.trim().slice(0, 300)) || 'no further explanation';
    const retryAfter = secondsOf(headers['retry-after']) ?? known?.details?.retryAfterSeconds;
    return new ApiError(code, reason, `${request ? `${request}: ` : ''}${code} ${reason}: ${said}`, {
      ...(known?.details ? { details: known.details } : {}),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    });
  }
}

/** A request that got no reply: time-out, reset, or no connection at all. The server may or may not have acted on it. */
export class NoReplyError extends Error {
  /** `Timeout` when a limit of ours ended the wait, else `Connection`. */
  readonly reason: 'Timeout' | 'Connection';

  constructor(reason: 'Timeout' | 'Connection', message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.name = 'NoReplyError';
    this.reason = reason;
  }
}

export function isStatus(body: unknown): body is Status {
  return typeof body === 'object' && body !== null && (body as { kind?: unknown }).kind === 'Status';
}

const withStatus =
  (status: number, reason?: string) =>
  (error: unknown): error is ApiError =>
    error instanceof ApiError && error.status === status && (reason === undefined || error.reason === reason);

export const isNotFound = withStatus(404);
export const isUnauthorized = withStatus(401);
export const isForbidden = withStatus(403);
/** A write lost against another one: read again and decide again. */
export const isConflict = withStatus(409, 'Conflict');
export const isAlreadyExists = withStatus(409, 'AlreadyExists');
/** The resourceVersion or continue token is older than the server's history: list again. */
export const isGone = withStatus(410);
/** The object was refused by schema, CEL or validation: the same write will be refused again. */
export const isInvalid = withStatus(422);
export const isBadRequest = withStatus(400);
export const isTooManyRequests = withStatus(429);

/** A namespace without room: 403 whose message names the quota. Other 403s are missing rights. */
export function isQuotaExceeded(error: unknown): error is ApiError {
  return isForbidden(error) && error.message.includes('exceeded quota');
}

/** What a thrown value says. */
export function messageOf(error: unknown): string {
  // Not instanceof: errors of other realms (workers, test runners) are none of ours.
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return String(message);
}

const reasons: Record<number, string> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  409: 'Conflict',
  410: 'Expired',
  413: 'RequestEntityTooLarge',
  415: 'UnsupportedMediaType',
  422: 'Invalid',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

function reasonOf(status: number): string {
  return reasons[status] ?? 'Unknown';
}

/** Retry-After as API servers send it, in seconds; its date form does not occur there. */
function secondsOf(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,6}$/.test(header.trim()) ? Number(header) : undefined;
}
