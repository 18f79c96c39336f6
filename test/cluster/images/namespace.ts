import type { Running } from './run.ts';
import { run } from './run.ts';

export interface Bind {
  readonly from: string;
  readonly to: string;
}

/**
 * Runs a program that mounts and starts others, in namespaces of its own: with it, or with this process, all of that ends.
 * @param bind folder that the program sees in place of another
 */
export function runIsolated(command: readonly string[], running: Running, bind?: Bind): Promise<string> {
  return run('setpriv', isolated(command, bind), running);
}

/** Arguments of setpriv. The shell never reads the words of the command as its own. */
export function isolated(command: readonly string[], bind?: Bind): string[] {
  const unshare = ['unshare', '--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const first = bind ? ['sh', '-c', 'mount --bind "$0" "$1" && shift && exec "$@"', bind.from, bind.to] : [];
  return ['--pdeathsig', 'KILL', ...unshare, ...first, ...command];
}
