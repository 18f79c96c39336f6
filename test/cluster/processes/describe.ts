import { readFileSync } from 'node:fs';

/** A process for people, e.g. `412 (etcd --name=etcd)`. */
export function describe(pid: number): string {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
    return `${pid} (${words.slice(0, 100)})`;
  } catch {
    return String(pid);
  }
}
