/** Names are a function of what they name, so that a restarted operator finds what the one before it made. */

/** `net-server-0`, and `net-server-0-a2` for the third attempt. */
export function podName(benchmark: string, role: string, index: number, attempt: number): string {
  return `${benchmark}-${role}-${index}${suffix(attempt)}`;
}

/** Name of what holds the pods of an attempt: `net`, and `net-a2` for the third one. */
export function holderName(benchmark: string, attempt: number): string {
  return `${benchmark}${suffix(attempt)}`;
}

/** Name that Volcano gives a pod of a Job: `net-server-0`, `net-a2-server-0`. */
export function volcanoPodName(job: string, role: string, index: number): string {
  return `${job}-${role}-${index}`;
}

/** Name that a JobSet's Jobs give a pod, but for five random characters at its end: `net-server-0-0-`. One Job a role. */
export function jobSetPodPrefix(jobSet: string, role: string, index: number): string {
  return `${jobSet}-${role}-0-${index}-`;
}

/** Name of a claim made from a template: of one replica, or with `index` undefined of all replicas of the role. */
export function claimName(benchmark: string, role: string, volume: string, index: number | undefined, attempt: number): string {
  return `${benchmark}-${role}-${volume}${index === undefined ? '' : `-${index}`}${suffix(attempt)}`;
}

// A label's value; also the name of the Workload that Kueue makes of a group.
const longestGroupName = 63;

/**
 * Name of the group that the pods of an attempt form: `net-1f0c2a9e`, `net-1f0c2a9e-a2`. With a part of the UID, since the group of an
 * earlier benchmark of this name may still be known; a long name is cut.
 */
export function groupName({ name, uid = '' }: { name: string; uid?: string }, attempt: number): string {
  const end = `-${uid.slice(0, 8)}${suffix(attempt)}`;
  return `${name.slice(0, longestGroupName - end.length).replace(/[^a-z0-9]+$/, '')}${end}`;
}

function suffix(attempt: number): string {
  return attempt === 0 ? '' : `-a${attempt}`;
}
