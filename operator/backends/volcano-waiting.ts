import type { KubeObject, Resource } from '../kube/object.ts';
import type { Waiting } from './backend.ts';
import { excerpt } from './excerpt.ts';
import type { EventAbout } from './pod-waiting.ts';
import { latest } from './pod-waiting.ts';
import type { VolcanoJob } from './volcano-job.ts';

export const podGroups: Resource = { group: 'scheduling.volcano.sh', version: 'v1beta1', plural: 'podgroups', kind: 'PodGroup' };

/** A scheduling.volcano.sh/v1beta1 PodGroup, as far as it is read here. */
export interface PodGroup extends KubeObject {
  status?: { phase?: string; conditions?: { type: string; status: string; message?: string }[] };
}

const longestMessage = 1000;

/** Why Volcano has not made a pod of a Job yet, in the words of its controller and its scheduler. @param about finds Events about an object */
export function gangWaiting(job: VolcanoJob, group: PodGroup | undefined, about: (object: KubeObject) => readonly EventAbout[]): Waiting {
  const { name } = job.metadata;
  const { queue } = job.spec;
  const refused = latest(about(job), ({ reason }) => reason === 'FailedCreate');
  if (refused) return refusal(name, refused.message ?? '');
  if (!group) {
    const message = `Volcano's controller has made no PodGroup for Job ${name}; if that lasts: does it run, and is there a queue ${queue}?`;
    return { reason: 'Starting', message };
  }
  const why = words(group, about(group));
  if (why === undefined)
    return { reason: 'Starting', message: `the PodGroup of Job ${name} waits for Volcano's scheduler in queue ${queue}` };
  const phase = group.status?.phase ?? 'Pending';
  return { reason: 'Unschedulable', message: excerpt(`the PodGroup of Job ${name} is ${phase} in queue ${queue}: ${why}`, longestMessage) };
}

/** Before it is let in, the scheduler says in an Event what the queue or the cluster lacks; the condition only counts pods. */
function words({ status = {} }: PodGroup, about: readonly EventAbout[]): string | undefined {
  const lacks = latest(about, ({ type }) => type === 'Normal');
  const condition = status.conditions?.find(({ type, status: value }) => type === 'Unschedulable' && value === 'True');
  const isOutside = (status.phase ?? 'Pending') === 'Pending';
  return (isOutside ? lacks?.message : undefined) ?? condition?.message ?? lacks?.message;
}

/** Volcano tells the API server's answer as Go prints it. */
function refusal(name: string, text: string): Waiting {
  const said = /Message:"((?:[^"\\]|\\.)*)"/.exec(text)?.[1]?.replaceAll('\\"', '"') ?? text;
  const message = excerpt(`Volcano cannot make the pods of Job ${name}: ${said}`, longestMessage);
  if (text.includes('violates PodSecurity')) return { reason: 'NotAllowed', message, final: true };
  return { reason: text.includes('exceeded quota') ? 'QuotaExceeded' : 'ConfigError', message };
}
