import { readFile } from 'node:fs/promises';

/**
 * How many processes of this container were killed for memory so far: `oom_kill` of the control group, version 2 or 1.
 * @returns undefined where the kernel does not tell
 */
export async function oomKills(): Promise<number | undefined> {
  const own = await text('/proc/self/cgroup');
  for (const path of counterPaths(own)) {
    const count = countIn(await text(path));
    if (count !== undefined) return count;
  }
  return undefined;
}

/** Where the counter can be. A container with its own group namespace sees its group as `/`. */
export function counterPaths(cgroups: string): string[] {
  const lines = cgroups.split('\n').map((line) => line.split(':'));
  const unified = lines.find(([number, controllers]) => number === '0' && controllers === '')?.[2];
  const memory = lines.find(([, controllers]) => controllers?.split(',').includes('memory'))?.[2];
  return [
    ...(unified === undefined ? [] : [`/sys/fs/cgroup${slash(unified)}memory.events`]),
    ...(memory === undefined
      ? []
      : [`/sys/fs/cgroup/memory${slash(memory)}memory.oom_control`, '/sys/fs/cgroup/memory/memory.oom_control']),
    '/sys/fs/cgroup/memory.events',
  ];
}

/** The value of `oom_kill` in memory.events or memory.oom_control. */
export function countIn(events: string): number | undefined {
  const [, count] = /^oom_kill (\d+)$/m.exec(events) ?? [];
  return count === undefined ? undefined : Number(count);
}

function slash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}

async function text(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch(() => '');
}
