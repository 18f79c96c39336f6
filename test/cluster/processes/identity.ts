import { readFileSync } from 'node:fs';

/** One process for ever: a pid alone may be another process by now. */
export interface Identity {
  readonly pid: number;
  /** Clock ticks after the machine's boot. */
  readonly startTime: number;
}

/** Reads a line of /proc/PID/stat. @returns undefined for a process that has ended and only waits for its parent */
export function parseStat(text: string): { pid: number; parent: number; startTime: number } | undefined {
  // The second field is the program's name in parentheses, and may itself hold spaces and parentheses.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, parent] = fields;
  if (state === 'Z' || state === 'X') return undefined;
  return { pid: Number.parseInt(text, 10), parent: Number(parent), startTime: Number(fields[19]) };
}

/** @returns undefined if there is no such process */
export function identify(pid: number): Identity | undefined {
  const stat = statOf(pid);
  return stat && { pid, startTime: stat.startTime };
}

export function alive({ pid, startTime }: Identity): boolean {
  return statOf(pid)?.startTime === startTime;
}

/** This process and those that started it, nearest first. */
export function ancestry(): number[] {
  const pids: number[] = [];
  for (let pid = process.pid; pid > 0; pid = statOf(pid)?.parent ?? 0) pids.push(pid);
  return pids;
}

/** Sends a signal if the process is still the one that is meant. */
export function send(identity: Identity, signal: NodeJS.Signals): void {
  if (!alive(identity)) return;
  try {
    process.kill(identity.pid, signal);
  } catch (error) {
    if (!alive(identity)) return;
    throw error;
  }
}

function statOf(pid: number): ReturnType<typeof parseStat> {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return undefined;
  }
}
