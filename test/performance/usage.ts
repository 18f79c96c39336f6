import { readFile } from 'node:fs/promises';

/** What a process has used so far. */
export interface Usage {
  /** CPU time of user and system, s. */
  cpu: number;
  /** Resident memory at most, bytes. */
  peak: number;
}

/** Clock ticks a second in /proc: USER_HZ, 100 on every Linux that Node runs on. */
const ticks = 100;

/** What Linux says of a process. @throws Error when it is gone */
export async function usageOf(pid: number): Promise<Usage> {
  const [stat, status] = await Promise.all([readFile(`/proc/${pid}/stat`, 'utf8'), readFile(`/proc/${pid}/status`, 'utf8')]);
  return parseUsage(stat, status);
}

/** @param stat text of /proc/PID/stat @param status text of /proc/PID/status */
export function parseUsage(stat: string, status: string): Usage {
  // The second field is the program's name in parentheses and may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [fields[11], fields[12]].map(Number);
  return { cpu: ((user ?? NaN) + (system ?? NaN)) / ticks, peak: kibibytes(status, 'VmHWM') };
}

function kibibytes(status: string, name: string): number {
  const [, number] = new RegExp(String.raw`^${name}:\s+(\d+) kB$`, 'm').exec(status) ?? [];
  return Number(number) * 1024;
}
