import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

// Real time, for it is the kernel that is waited for: half a second in all.
const rounds = 20;
const pause = 25;

/**
 * Ends every process of the pod with this folder. A process group is not enough: the agent's tool is in a group of its own,
 * and when the agent is killed nobody is left who knows it. Returns when none is left, those started meanwhile included, or
 * when one resists for too long, as in an uninterruptible read of a disk.
 */
export async function killLeftovers(folder: string): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const pids = await processesNaming(folder);
    if (pids.length === 0) return;
    for (const pid of pids) kill(pid);
    await setTimeout(pause);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself meanwhile.
  }
}

/**
 * Processes that were started with `folder` as the value of a variable, or below it. One without any environment counts when
 * it works there: for a moment while it begins to run another program, a process has none to be read.
 */
export async function processesNaming(folder: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const real = await realpath(folder).catch(() => folder);
  const marked = await Promise.all(
    pids.map(async (pid) => {
      const environment = await environmentOf(pid);
      return environment.length > 0 ? environment.some((value) => isInside(folder, value)) : isInside(real, await workingDirectoryOf(pid));
    }),
  );
  return pids.filter((pid, index) => marked[index] && pid !== process.pid);
}

/** The values of a process' variables. */
async function environmentOf(pid: number): Promise<string[]> {
  // Unreadable: gone, or another user's, which none of ours can be.
  const text = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
  if (text === '') return [];
  return text.split('\0').map((variable) => variable.slice(variable.indexOf('=') + 1));
}

async function workingDirectoryOf(pid: number): Promise<string> {
  return await readlink(`/proc/${pid}/cwd`).catch(() => '');
}

function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
