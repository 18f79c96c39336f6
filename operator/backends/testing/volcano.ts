import type { BenchmarkSpec } from '../../api/types.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { EventAbout } from '../pod-waiting.ts';
import type { Pod, PodStatus } from '../pod.ts';
import { volcanoJob } from '../volcano-job.ts';
import type { VolcanoJob } from '../volcano-job.ts';
import type { PodGroup } from '../volcano-waiting.ts';
import { role, run } from './builders.ts';

// What Volcano makes of a benchmark, for tests.

export const pair = [
  role({ name: 'server', ends: false, task: { argv: ['serve'], measures: false } }),
  role({ name: 'client', after: ['server'], task: { argv: ['ask'], measures: true } }),
];

const reference = { apiVersion: 'batch.volcano.sh/v1alpha1', kind: 'Job', name: 'net', uid: 'uid-job', controller: true };

/** Job `net` of a server and a client, as the operator makes it. @param state of its status */
export function job(
  state: { phase?: string; message?: string } = {},
  spec: BenchmarkSpec = {},
  metadata: Partial<KubeObject['metadata']> = {},
): VolcanoJob {
  const made = volcanoJob(run(spec, { roles: pair, toldWithin: 60 }), { tag: 'test' });
  return {
    ...made,
    metadata: { ...made.metadata, uid: 'uid-job', creationTimestamp: '2026-11-21T12:00:00Z', ...metadata },
    status: { state },
  };
}

/** Its pod of a role, as Volcano makes it. */
export function podOf(own: VolcanoJob, name: string, index = 0, status: PodStatus = {}): Pod {
  const task = own.spec.tasks.find((one) => one.name === name);
  if (!task) throw new Error(`the Job has no task ${name}`);
  const labels = { ...task.template.metadata.labels, 'volcano.sh/task-index': String(index) };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `net-${name}-${index}`, namespace: 'bench', uid: `uid-${name}-${index}`, labels, ownerReferences: [reference] },
    spec: task.template.spec,
    status,
  };
}

export function podGroup(phase: string, message?: string): PodGroup {
  const conditions = message === undefined ? [] : [{ type: 'Unschedulable', status: 'True', message }];
  const metadata = { name: 'net-uid-job', namespace: 'bench', uid: 'uid-group', ownerReferences: [reference] };
  return { kind: 'PodGroup', metadata, status: { phase, conditions } };
}

/** An Event about the Job or its PodGroup. @param at its second */
export function event(about: 'uid-job' | 'uid-group', reason: string, message: string, type = 'Normal', at = 0): EventAbout {
  const lastTimestamp = `2026-11-21T12:00:${String(at).padStart(2, '0')}Z`;
  return { metadata: { name: `${reason}-${at}` }, reason, message, type, lastTimestamp, involvedObject: { uid: about } };
}
