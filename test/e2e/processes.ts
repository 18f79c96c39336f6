import { readdirSync, readFileSync } from 'node:fs';
import type { KubeObject } from '../../operator/kube/object.ts';
import type { Identity } from '../cluster/processes/identity.ts';
import { identify } from '../cluster/processes/identity.ts';

/** Processes of a pod, as the machine under the node sees them. @param word of the command line */
export function processesOf({ metadata }: KubeObject, word: string): Identity[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids
    .filter((pid) => textOf(pid, 'cgroup').includes(metadata.uid ?? 'no pod') && textOf(pid, 'cmdline').split('\0').includes(word))
    .flatMap((pid) => identify(Number(pid)) ?? []);
}

/** A process may end between two looks. */
function textOf(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
