import { randomBytes } from 'node:crypto';
import type { Assignment } from '../../runners/task.ts';
import type { RolePlan } from '../../runners/workload.ts';
import { workloadOf } from '../../runners/registry.ts';
import type { EnvironmentVariable } from '../api/types.ts';
import type { Run } from './backend.ts';
import type { EnvVar, Pod } from './pod.ts';
import { isToldLater, peersPath } from './peers.ts';
import { runner } from './pod.ts';

const taskVariable = 'ASSAY_TASK';

/** Bytes of a task. Linux takes 128 KiB in one variable; the rest is for the peers' addresses and doubled dollar signs. */
export const taskLimit = 96 * 1024;

/** Which replica of its role a pod is: its index, or, in a template, the label in which whoever makes the pod tells it. */
export type Replica = number | { label: string };

/** What the agents of a role are told. @param key of the result frame, hexadecimal */
export function assignmentOf(run: Pick<Run, 'benchmark' | 'peers' | 'toldWithin' | 'token'>, role: RolePlan, key: string): Assignment {
  const { benchmark, peers, toldWithin: limit, token } = run;
  const { ipFamily, interface: own, mtu } = benchmark.spec.network ?? {};
  const chosen = workloadOf(benchmark.spec);
  if (!chosen) throw new Error(`${benchmark.metadata.name} names no workload; it should have been refused`);
  return {
    version: 1,
    workload: chosen.workload.name,
    role: role.name,
    parameters: chosen.parameters,
    task: role.task,
    ...(limit !== undefined && isToldLater(run, role)
      ? { peersFile: { path: peersPath, limit } }
      : { peers: Object.fromEntries((role.after ?? []).map((name) => [name, peers[name] ?? []])) }),
    ...(ipFamily === undefined ? {} : { ipFamily }),
    ...(own === undefined ? {} : { interface: own }),
    ...(mtu === undefined ? {} : { mtu }),
    key,
    ...(role.task.usesToken === true && token !== undefined ? { token } : {}),
    output: benchmark.spec.results?.output ?? 'OnFailure',
  };
}

/** The container's environment: the user's variables, and behind them those of the agent, which win. */
export function environment(run: Run, role: RolePlan, replica: Replica, own: EnvironmentVariable[] = []): EnvVar[] {
  const assignment = assignmentOf(run, role, randomBytes(32).toString('hex'));
  return [
    ...own.map(({ name, value }) => ({ name, value: literal(value) })),
    { name: taskVariable, value: literal(JSON.stringify(assignment)) },
    { name: 'ASSAY_REPLICA', ...valueOf(replica) },
    { name: 'POD_IPS', valueFrom: { fieldRef: { fieldPath: 'status.podIPs' } } },
  ];
}

function valueOf(replica: Replica): Omit<EnvVar, 'name'> {
  if (typeof replica === 'number') return { value: String(replica) };
  return { valueFrom: { fieldRef: { fieldPath: `metadata.labels['${replica.label}']` } } };
}

/** The key that a pod's agent was given; undefined where the pod is not of our making. */
export function frameKey(pod: Pod): string | undefined {
  return saidIn(pod, 'key');
}

/** The token of its run that a pod was given; undefined where it was given none. */
export function runToken(pod: Pod): string | undefined {
  return saidIn(pod, 'token');
}

function saidIn(pod: Pod, field: 'key' | 'token'): string | undefined {
  const container = pod.spec.containers.find(({ name }) => name === runner);
  const text = container?.env.find(({ name }) => name === taskVariable)?.value ?? '';
  try {
    const task: unknown = JSON.parse(text.replaceAll('$$', '$'));
    const value: unknown = typeof task === 'object' && task !== null ? Reflect.get(task, field) : undefined;
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Kubelet expands `$(NAME)` in values and takes `$$` for `$`: doubled, every text arrives as it was written. */
function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}
