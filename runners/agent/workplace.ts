import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Task } from '../task.ts';
import type { Filled } from './arguments.ts';

/** The folder a tool runs in. */
export interface Workplace {
  path: string;
  /** Removes a scratch folder; a folder that the task names stays. */
  leave(): Promise<void>;
}

/** Where a task runs, and what it finds there. */
type Furnished = Pick<Task, 'workdir'> & Pick<Filled, 'files'>;

/**
 * Makes the folder and writes the task's files into it.
 * @param root put before the task's absolute path; empty in a container, the pod's folder in local mode
 */
export async function prepareWorkplace({ workdir, files }: Furnished, root: string): Promise<Workplace> {
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
 * @param added variables of the task
 * @param token of the run, for a task that uses it
 */
export function toolEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  added: Readonly<Record<string, string>>,
  token?: string,
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...own, LC_ALL: 'C', ...added })) {
    if (value !== undefined && !name.startsWith('ASSAY_')) env[name] = value;
  }
  return token === undefined ? env : { ...env, ASSAY_TOKEN: token };
}
