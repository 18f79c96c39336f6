import type { Waiting } from './backend.ts';
import { excerpt } from './excerpt.ts';
import type { JobSet } from './jobset-object.ts';
import { queueLabel } from './kueue.ts';
import type { EventAbout } from './pod-waiting.ts';
import { latest } from './pod-waiting.ts';

const longestMessage = 1000;

/** Why a Job of a JobSet has not made a pod yet. @param about Events about that Job */
export function jobSetWaiting(jobSet: JobSet, about: readonly EventAbout[]): Waiting {
  const { name } = jobSet.metadata;
  if (jobSet.spec.suspend) return { reason: 'SchedulingGated', message: `JobSet ${name} is suspended until ${queueOf(jobSet)} admits it` };
  const refused = latest(about, ({ reason }) => reason === 'FailedCreate');
  return refused
    ? refusal(name, refused.message ?? '')
    : { reason: 'Starting', message: `the Jobs of JobSet ${name} have made no pod yet` };
}

/** Who may let a JobSet start. */
export function queueOf({ metadata }: JobSet): string {
  const queue = metadata.labels?.[queueLabel];
  return queue === undefined ? 'whoever suspended it' : `queue ${queue}`;
}

/** The Job controller tells the API server's answer. */
function refusal(name: string, text: string): Waiting {
  const message = excerpt(`the pods of JobSet ${name} cannot be made: ${text}`, longestMessage);
  if (text.includes('violates PodSecurity')) return { reason: 'NotAllowed', message, final: true };
  return { reason: text.includes('exceeded quota') ? 'QuotaExceeded' : 'ConfigError', message };
}
