import { readdir, readFile } from 'node:fs/promises';

/** The session that a process belongs to, from its /proc/PID/stat: the fourth field behind the name, which can hold anything. */
export function sessionIn(stat: string): number {
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]);
}

/**
 * Kills all processes of a session. A daemon puts each rank into a process group of its own, out of reach of a signal to the daemon's
 * group; none leaves the session.
 */
export async function killSession(session: number): Promise<void> {
  const processes = (await readdir('/proc')).map(Number).filter(Number.isSafeInteger);
  await Promise.all(
    processes.map(async (id) => {
      const stat = await readFile(`/proc/${id}/stat`, 'latin1').catch(() => '');
      if (sessionIn(stat) === session) kill(id, 'SIGKILL');
    }),
  );
}

/** @param id of a process, or negative of a process group */
export function kill(id: number, signal: NodeJS.Signals): void {
  try {
    process.kill(id, signal);
  } catch {
    // ESRCH: nobody is left, which is what was wanted.
  }
}
