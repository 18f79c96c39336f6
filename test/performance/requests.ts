import type { AuditEvent } from '../cluster/audit.ts';

/** One request as the API server answered it. */
export interface Request {
  user: string;
  verb: string;
  /** `pods`, `benchmarks/status`. */
  resource: string;
  name: string;
  code: number;
  /** When it came and when it was answered, ms since 1970 with fractions. */
  receivedAt: number;
  answeredAt: number;
}

const writing = new Set(['create', 'update', 'patch', 'delete', 'deletecollection']);

/** The requests in an audit log that concern a namespace, or none; a watch counts when it begins. */
export function requestsFrom(events: readonly AuditEvent[], namespace: string): Request[] {
  return events
    .filter(({ verb, stage }) => (stage === 'ResponseStarted') === (verb === 'watch'))
    .filter(({ objectRef }) => (objectRef?.namespace ?? namespace) === namespace)
    .map(({ user, verb, objectRef = {}, responseStatus, requestReceivedTimestamp, stageTimestamp }) => ({
      user: user.username,
      verb,
      resource: [objectRef.resource, objectRef.subresource].filter(Boolean).join('/'),
      name: objectRef.name ?? '',
      code: responseStatus?.code ?? 0,
      receivedAt: milliseconds(requestReceivedTimestamp),
      answeredAt: milliseconds(stageTimestamp),
    }));
}

export function isWrite({ verb }: Pick<Request, 'verb'>): boolean {
  return writing.has(verb);
}

/** Requests that ask what a watch would have told: none is needed while members run. */
export function isPoll({ verb }: Pick<Request, 'verb'>): boolean {
  return verb === 'get' || verb === 'list';
}

/** How many of each, as `create pods`; the most frequent first. */
export function countsOf(requests: readonly Request[]): Record<string, number> {
  const groups = Map.groupBy(requests, ({ verb, resource }) => `${verb} ${resource}`);
  const counts = [...groups].map(([what, all]): [string, number] => [what, all.length]);
  return Object.fromEntries(counts.toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)));
}

/** Microseconds of an audit log's times, which Date leaves out. */
function milliseconds(text: string): number {
  const [, whole = text, digits = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(text) ?? [];
  return Date.parse(`${whole}Z`) + Number(`0.${digits || '0'}`) * 1000;
}
