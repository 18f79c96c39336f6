import type { Benchmark, BenchmarkStatus } from '../../operator/api/types.ts';
import type { AuditEvent } from '../cluster/audit.ts';
import type { Figures } from './figures.ts';
import type { Request } from './requests.ts';

/** A request at `at` ms that was answered a millisecond later; `what` as `create pods one-0-sleeper-0`. */
export function request(at: number, what: string, more: Partial<Request> = {}): Request {
  const [verb = '', resource = '', name = ''] = what.split(' ');
  return { user: 'operator', verb, resource, name, code: 200, receivedAt: at - 1, answeredAt: at, ...more };
}

export function auditEvent(more: Partial<AuditEvent> = {}): AuditEvent {
  return {
    auditID: '1',
    stage: 'ResponseComplete',
    verb: 'create',
    requestURI: '/',
    user: { username: 'operator' },
    objectRef: { resource: 'pods', namespace: 'bench', name: 'a' },
    responseStatus: { code: 201 },
    requestReceivedTimestamp: '2026-11-21T07:00:00.000000Z',
    stageTimestamp: '2026-11-21T07:00:00.001500Z',
    ...more,
  };
}

/** A Benchmark that ended well. */
export function benchmark(name: string, status: BenchmarkStatus = { phase: 'Succeeded', attempts: [] }): Benchmark {
  return { apiVersion: 'assay.dev/v1alpha1', kind: 'Benchmark', metadata: { name, namespace: 'bench', uid: name }, spec: {}, status };
}

/** Figures of a run of 200 members as it should be. */
export function figures(more: Partial<Figures> = {}): Figures {
  return {
    subject: 'operator',
    members: 200,
    seconds: 10,
    membersPerSecond: 20,
    requests: 5.1,
    byVerb: { 'create pods': 200 },
    writes: { mean: 4.9, most: 5 },
    otherWrites: 10,
    polls: 1,
    firstPod: { p50: 0.1, p99: 0.2 },
    status: { p50: 0.3, p99: 0.4 },
    cpu: 0.02,
    machineCpu: 0.1,
    peak: 250e6,
    heap: { before: 50e6, after: 55e6 },
    lost: 0,
    doubled: 0,
    ...more,
  };
}
