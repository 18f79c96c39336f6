import { readFile } from 'node:fs/promises';
import type { AuditEvent } from '../cluster/audit.ts';
import { parseAudit } from '../cluster/audit.ts';

/** One request as the API server's audit log has it. */
export interface Request {
  user: string;
  verb: string;
  namespace: string;
  /** `pods/a`, `benchmarks/a/status`; the name is missing in lists. */
  object: string;
  code: number;
  /** The authorizer's: allow or forbid. */
  decision: string;
}

const writingVerbs = new Set(['create', 'update', 'patch', 'delete', 'deletecollection']);

/** All requests so far, in the order of their answers; a watch counts when it begins. @param since bytes to pass over, whole lines */
export async function requestsIn(auditLog: string, since = 0): Promise<Request[]> {
  const events = parseAudit((await readFile(auditLog)).subarray(since).toString());
  return events.filter(({ verb, stage }) => (stage === 'ResponseStarted') === (verb === 'watch')).map(requestOf);
}

export function isWrite({ verb }: Request): boolean {
  return writingVerbs.has(verb);
}

/** `create pods/a` */
export function text({ verb, object }: Request): string {
  return `${verb} ${object}`;
}

function requestOf({ user, verb, objectRef = {}, responseStatus, annotations = {} }: AuditEvent): Request {
  const { resource = '', name, subresource, namespace = '' } = objectRef;
  const object = [resource, name, subresource].filter(Boolean).join('/');
  return {
    user: user.username,
    verb,
    namespace,
    object,
    code: responseStatus?.code ?? 0,
    decision: annotations['authorization.k8s.io/decision'] ?? '',
  };
}
