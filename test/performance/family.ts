import { readdir, readFile } from 'node:fs/promises';
import { parseUsage } from './usage.ts';

/** A process in a list of all. */
export interface Relative {
  pid: number;
  parent: number;
  /** CPU time so far, s. */
  cpu: number;
}

/** CPU time so far of a process and all that it started, s. It depends little on what else the machine does meanwhile. */
export async function familyCpu(pid: number): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const relatives = await Promise.all(
    pids.map(async (name) => relative(Number(name), await readFile(`/proc/${name}/stat`, 'utf8').catch(() => ''))),
  );
  return cpuOfFamily(relatives, pid);
}

/** @param root whose descendants count, itself too */
export function cpuOfFamily(all: readonly Relative[], root: number): number {
  const children = Map.groupBy(all, ({ parent }) => parent);
  const below = (pid: number): number => (children.get(pid) ?? []).reduce((sum, child) => sum + child.cpu + below(child.pid), 0);
  return (all.find(({ pid }) => pid === root)?.cpu ?? 0) + below(root);
}

/** @param stat text of its /proc/PID/stat; empty when it is gone */
export function relative(pid: number, stat: string): Relative {
  const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  return { pid, parent, cpu: stat === '' ? 0 : parseUsage(stat, '').cpu };
}
