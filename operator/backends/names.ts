/** Names are a function of what they name, so that a restarted operator finds what the one before it made. */

/** `net-server-0`, and `net-server-0-a2` for the third attempt. */
export function podName(benchmark: string, role: string, index: number, attempt: number): string {
  return `${benchmark}-${role}-${index}${suffix(attempt)}`;
}

/** Name of a claim made from a template: of one replica, or with `index` undefined of all replicas of the role. */
export function claimName(benchmark: string, role: string, volume: string, index: number | undefined, attempt: number): string {
  return `${benchmark}-${role}-${volume}${index === undefined ? '' : `-${index}`}${suffix(attempt)}`;
}

function suffix(attempt: number): string {
  return attempt === 0 ? '' : `-a${attempt}`;
}
