import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Task } from '../task.ts';

/** The folder a tool runs in. */
export interface Workplace {
  path: string;
  /** Removes a scratch folder; a folder that the task names stays. */
  leave(): Promise<void>;
}

/**
 * Makes the folder and writes the task's files into it.
 * @param root put before the task's absolute path; empty in a container, the pod's folder in local mode
 */
export async function prepareWorkplace({ workdir, files = [] }: Task, root: string): Promise<Workplace> {
  const path = workdir === undefined ? await mkdtemp(join(tmpdir(), 'run-')) : root + workdir;
  await mkdir(path, { recursive: true });
  for (const { name, content } of files) await writeFile(join(path, name), content);
  return {
    path,
    leave: async () => {
      if (workdir === undefined) await rm(path, { recursive: true, force: true });
    },
  };
}

/**
 * The environment of a tool: the container's without anything of Assay's own, the key above all; numbers in its output
 * with a decimal point whatever the image is set to.
 */
export function toolEnvironment(own: Readonly<Record<string, string | undefined>>, task: Task): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...own, LC_ALL: 'C', ...task.env })) {
    if (value !== undefined && !name.startsWith('ASSAY_')) env[name] = value;
  }
  return env;
}
