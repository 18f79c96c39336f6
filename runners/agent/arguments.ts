import { join } from 'node:path';

import { familyOf } from '../family.ts';
import type { Argument } from '../task.ts';

/** What an agent knows when it fills in a command line. */
export interface Addresses {
  /** The pod's own address. */
  self: string;
  /** By role, in order of replica index. */
  peers: Readonly<Record<string, readonly string[]>>;
}

/**
 * The command line as it is run: addresses filled in, scripts as absolute paths, `node` as the agent's own Node.
 * @param scripts absolute path of the folder that holds the scripts.
 * @throws RangeError naming the role or the script that there is not.
 */
export function resolveArguments(argv: readonly Argument[], addresses: Addresses, scripts: string): string[] {
  return argv.flatMap((argument, position) => {
    if (typeof argument === 'string') return position === 0 && argument === 'node' ? process.execPath : argument;
    if ('script' in argument) return scriptPath(argument.script, scripts);
    if ('familyOf' in argument) return argument[familyOf(addressOf(argument.familyOf, 0, addresses))] ?? [];
    const { before = '', after = '' } = argument;
    const address = addressOf(argument.address, argument.index ?? 0, addresses);
    return `${typeof before === 'string' ? before : before[familyOf(address)]}${address}${after}`;
  });
}

function scriptPath(script: string, scripts: string): string {
  const path = join(scripts, script);
  if (!path.startsWith(`${scripts}/`)) throw new RangeError(`script ${script} is not below the runners' folder`);
  return path;
}

function addressOf(role: string, index: number, { self, peers }: Addresses): string {
  const address = role === 'self' ? self : peers[role]?.[index];
  if (!address) throw new RangeError(`the address of ${role} ${index} is not known; ${peers[role]?.length ?? 0} of that role are`);
  return address;
}
