import { terminationMessage } from '../../../measure/frame.ts';
import type { ResultRecord } from '../../../measure/record.ts';
import type { RolePlan } from '../../../runners/workload.ts';
import type { Benchmark, BenchmarkSpec } from '../../api/types.ts';
import { frameKey } from '../assignment.ts';
import type { Run } from '../backend.ts';
import type { Pod, PodStatus, Terminated } from '../pod.ts';
import { runner } from '../pod.ts';
import { podObject } from '../pod-object.ts';

// Objects for tests: a case names only what it is about.

export function benchmark(spec: BenchmarkSpec = {}, metadata: Partial<Benchmark['metadata']> = {}): Benchmark {
  return {
    apiVersion: 'assay.dev/v1alpha1',
    kind: 'Benchmark',
    metadata: { name: 'net', namespace: 'bench', uid: 'uid-net', generation: 1, creationTimestamp: '2026-11-21T12:00:00Z', ...metadata },
    spec: { sleep: { duration: '1s' }, ...spec },
  };
}

/** A role that runs `true` in one pod, whose end ends the run. */
export function role(more: Partial<RolePlan> = {}): RolePlan {
  return { name: 'sleeper', replicas: 1, ends: true, task: { argv: ['true'], measures: true }, ...more };
}

export function run(spec: BenchmarkSpec = {}, more: Partial<Run> = {}): Run {
  return { benchmark: benchmark(spec), attempt: 0, roles: [role()], peers: {}, ...more };
}

/** Pod net-sleeper-0 as the operator makes it, with an UID and a status. */
export function pod(status: PodStatus = {}, metadata: Partial<Pod['metadata']> = {}, spec: Partial<Pod['spec']> = {}): Pod {
  const made = podObject(run(), role(), 0, { tag: 'test' });
  return {
    ...made,
    metadata: { ...made.metadata, uid: 'uid-pod', creationTimestamp: '2026-11-21T12:00:00Z', ...metadata },
    spec: { ...made.spec, ...spec },
    status,
  };
}

/** The same pod with its container ended; `message` may be made from the pod, which holds the frame's key. */
export function endedPod(
  { message = '', ...terminated }: Partial<Omit<Terminated, 'message'>> & { message?: string | ((pod: Pod) => string) } = {},
  status: PodStatus = {},
  metadata: Partial<Pod['metadata']> = {},
): Pod {
  const made = pod({}, metadata, { nodeName: 'node-1' });
  const text = typeof message === 'string' ? message : message(made);
  const state = {
    terminated: {
      exitCode: 0,
      startedAt: '2026-11-21T12:00:05Z',
      finishedAt: '2026-11-21T12:00:09Z',
      ...terminated,
      ...(text ? { message: text } : {}),
    },
  };
  return {
    ...made,
    status: { phase: (terminated.exitCode ?? 0) === 0 ? 'Succeeded' : 'Failed', containerStatuses: [{ name: runner, state }], ...status },
  };
}

export function record(more: Partial<ResultRecord> = {}): ResultRecord {
  return {
    version: 1,
    workload: 'sleep',
    role: 'sleeper',
    index: 0,
    outcome: 'Succeeded',
    metrics: [{ name: 'measuredTime', value: 1.25, unit: 's', better: 'None' }],
    series: [],
    warnings: [],
    tool: { argv: ['sleep', '1'], exitCode: 0, signal: null },
    ...more,
  };
}

/** A termination message with this record, under the pod's own key. */
export function framed(more: Partial<ResultRecord> = {}): (pod: Pod) => string {
  return (made) => terminationMessage(record(more), frameKey(made) ?? '');
}
