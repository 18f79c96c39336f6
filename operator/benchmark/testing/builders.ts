import type { ResultRecord } from '../../../measure/record.ts';
import type { RolePlan } from '../../../runners/workload.ts';
import type { Attempt, Benchmark, BenchmarkSpec, BenchmarkStatus } from '../../api/types.ts';
import type { Ended, HolderState, PodState, Waiting } from '../../backends/backend.ts';
import { benchmark, record, role } from '../../backends/testing/builders.ts';
import { currentAttempt } from '../attempts.ts';
import type { Observed } from '../observed.ts';

// Observations for tests: a case names only what it is about.

export const second = 1000;
export const minute = 60_000;
/** When the benchmark of these tests was created. */
export const start = Date.parse('2026-11-21T12:00:00Z');

/** One pod that measures, as sleep has it. */
export const alone: RolePlan[] = [role()];

/** A server and a client, as iperf has them. */
export const pair: RolePlan[] = [
  role({ name: 'server', ends: false, task: { argv: ['serve'], measures: false } }),
  role({ name: 'client', after: ['server'], task: { argv: ['ask'], measures: true } }),
];

/** A benchmark `net` whose spec was accepted, `pods` of its current attempt, and what else a case is about. */
export function seen(
  pods: PodState[] = [],
  more: Partial<Omit<Observed, 'benchmark'>> & { spec?: BenchmarkSpec; status?: BenchmarkStatus } = {},
): Observed {
  const { spec = {}, status, ...rest } = more;
  const own: Benchmark = { ...benchmark(spec), ...(status ? { status } : {}) };
  return {
    benchmark: own,
    createdAt: start,
    workload: 'sleep',
    roles: alone,
    startsTogether: false,
    cautions: [],
    attempt: currentAttempt(status),
    pods,
    vanished: [],
    earlier: [],
    holders: [],
    claims: [],
    crowded: false,
    logs: new Map(),
    ...rest,
  };
}

export function podState(more: Partial<PodState> = {}): PodState {
  const { role: name = 'sleeper', index = 0 } = more;
  return {
    name: `net-${name}-${index}`,
    uid: `uid-${name}-${index}`,
    role: name,
    index,
    attempt: 0,
    addresses: [],
    phase: 'Pending',
    deleting: false,
    createdAt: start,
    ...more,
  };
}

/** Volcano Job `net`, which holds the pods of the first attempt. */
export function holder(more: Partial<HolderState> = {}): HolderState {
  const resource = { group: 'batch.volcano.sh', version: 'v1alpha1', plural: 'jobs', kind: 'Job' };
  return { resource, name: 'net', uid: 'uid-job', attempt: 0, deleting: false, ...more };
}

/** Not made yet by that Job. */
export function unmade(more: Partial<PodState> = {}): PodState {
  return unschedulable({ uid: '', holder: 'uid-job', ...more });
}

/** Waits; without an argument only for its container. */
export function pending(waiting: Partial<Waiting> = {}, more: Partial<PodState> = {}): PodState {
  return podState({ waiting: { reason: 'ContainerCreating', message: 'net-sleeper-0 is being started', ...waiting }, ...more });
}

export function unschedulable(more: Partial<PodState> = {}): PodState {
  return pending({ reason: 'Unschedulable', message: '0/2 nodes are available' }, more);
}

/** Runs on node-1 since 2 s after the creation. */
export function running(more: Partial<PodState> = {}): PodState {
  return podState({ phase: 'Running', node: 'node-1', ip: '10.0.0.1', startedAt: start + 2 * second, ...more });
}

export function over(ended: Partial<Ended>, more: Partial<PodState> = {}): PodState {
  return running({
    phase: 'Failed',
    finishedAt: start + 5 * second,
    ended: { exitCode: 1, reason: 'PodFailed', message: 'ended with exit code 1', frame: 'Missing', ...ended },
    ...more,
  });
}

/** Ended well, with a verified record. */
export function succeeded(more: Partial<ResultRecord> = {}, state: Partial<PodState> = {}): PodState {
  const { role: name = 'sleeper' } = state;
  const result = record({ role: name, ...more });
  return over({ exitCode: 0, frame: 'Verified', reason: 'ResultMissing', message: '', record: result }, { phase: 'Succeeded', ...state });
}

/** Ended with a verified record of failure. */
export function failedWith(reason: NonNullable<ResultRecord['reason']>, state: Partial<PodState> = {}): PodState {
  const result = record({ role: state.role ?? 'sleeper', outcome: 'Failed', reason, message: `said ${reason}`, metrics: [] });
  return over({ frame: 'Verified', reason, message: `said ${reason}`, record: result }, state);
}

/** A closed attempt. */
export function attempt(index: number, outcome: NonNullable<Attempt['outcome']>, more: Partial<Attempt> = {}): Attempt {
  return { index, startedAt: '2026-11-21T12:00:00.000Z', finishedAt: '2026-11-21T12:00:30.000Z', outcome, pods: [], ...more };
}

/** What a person sees of a decision. */
export function told({ status }: { status: BenchmarkStatus }): { phase: BenchmarkStatus['phase']; reason?: string; message?: string } {
  const { phase, conditions = [] } = status;
  const telling = conditions.find(({ type, status: value }) => value === 'True' && type !== 'Accepted' && type !== 'Stalled');
  return { phase, ...(telling ? { reason: telling.reason, message: telling.message } : {}) };
}
