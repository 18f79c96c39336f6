import { readdirSync, readlinkSync, statSync } from 'node:fs';

/** Kinds of namespaces by which a cluster's processes are found. */
const kinds = ['net', 'mnt', 'uts'] as const;

/** Name of the namespace that a file keeps, as /proc/PID/ns gives it, e.g. `net:[4026532281]`; undefined if it keeps none. */
export function namespaceOf(kind: (typeof kinds)[number], file: string): string | undefined {
  try {
    // Namespaces are files of one file system of the kernel's: an ordinary file is the place of one that is gone or not yet there.
    const { dev, ino } = statSync(file);
    return dev === statSync('/proc/self/ns/net').dev ? `${kind}:[${ino}]` : undefined;
  } catch {
    return undefined;
  }
}

/** The processes that are in any of the namespaces. */
export function processesIn(namespaces: ReadonlySet<string>): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => kinds.some((kind) => namespaces.has(linkOf(pid, kind)))).map(Number);
}

function linkOf(pid: string, kind: string): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/${kind}`);
  } catch {
    // It has just ended, or waits to be collected.
    return '';
  }
}
