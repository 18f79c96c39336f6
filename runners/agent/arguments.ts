import { join } from 'node:path';

import { familyOf } from '../family.ts';
import type { Argument, Task } from '../task.ts';

/** What an agent knows when it fills in a command line. */
export interface Addresses {
  /** The pod's own address. */
  self: string;
  /** Name of the network interface that has it. */
  interface?: string | undefined;
  /** By role, in order of replica index. */
  peers: Readonly<Record<string, readonly string[]>>;
}

/** A task's elements with everything filled in. */
export interface Filled {
  argv: string[];
  env: Record<string, string>;
  files: { name: string; content: string }[];
}

const node = [process.execPath, '--single-threaded'];

/**
 * The task as it is run: addresses filled in, scripts as absolute paths, `node` as the agent's own Node, on one thread as it is itself
 * (decision 20).
 * @param scripts absolute path of the folder that holds the scripts.
 * @throws RangeError naming the role or the script that there is not.
 */
export function filled(
  { argv, env = {}, files = [] }: Pick<Task, 'argv' | 'env' | 'files'>,
  addresses: Addresses,
  scripts: string,
): Filled {
  const text = (argument: Argument) => resolved(argument, addresses, scripts);
  return {
    argv: argv.flatMap((argument, position) => (position === 0 && argument === 'node' ? node : (text(argument) ?? []))),
    env: Object.fromEntries(
      Object.entries(env).flatMap(([name, value]) => [text(value)].flatMap((known) => (known === undefined ? [] : [[name, known]]))),
    ),
    files: files.map(({ name, content }) => ({ name, content: typeof content === 'string' ? content : content.map(text).join('') })),
  };
}

/** The roles whose addresses a task needs, `self` among them where it does. */
export function rolesNamedIn({ argv, env = {}, files = [] }: Pick<Task, 'argv' | 'env' | 'files'>): string[] {
  const contents = files.flatMap(({ content }) => (typeof content === 'string' ? [] : content));
  return [...argv, ...Object.values(env), ...contents].flatMap((argument) => {
    if (typeof argument === 'string') return [];
    if ('address' in argument) return [argument.address];
    if ('familyOf' in argument) return [argument.familyOf];
    return 'hosts' in argument ? argument.hosts : [];
  });
}

/** @returns undefined for an element that is left out */
function resolved(argument: Argument, addresses: Addresses, scripts: string): string | undefined {
  if (typeof argument === 'string') return argument;
  if ('script' in argument) return scriptPath(argument.script, scripts);
  if ('familyOf' in argument) return argument[familyOf(addressOf(argument.familyOf, 0, addresses))];
  if ('hosts' in argument) {
    const { hosts, after = '', separator, hyphens } = argument;
    const known = hosts.flatMap((role) => allOf(role, addresses)).map((address) => (hyphens ? address.replaceAll(':', '-') : address));
    return known.map((address) => `${address}${after}`).join(separator);
  }
  if ('interfaceOf' in argument) return interfaceOf(addresses);
  const { before = '', after = '' } = argument;
  const address = addressOf(argument.address, argument.index ?? 0, addresses);
  return `${typeof before === 'string' ? before : before[familyOf(address)]}${address}${after}`;
}

function scriptPath(script: string, scripts: string): string {
  const path = join(scripts, script);
  if (!path.startsWith(`${scripts}/`)) throw new RangeError(`script ${script} is not below the runners' folder`);
  return path;
}

function interfaceOf({ self, interface: name }: Addresses): string {
  if (name === undefined) throw new RangeError(`no network interface has the pod's own address ${self}`);
  return name;
}

function allOf(role: string, { self, peers }: Addresses): readonly string[] {
  const known = role === 'self' ? [self].filter(Boolean) : (peers[role] ?? []);
  if (known.length === 0) throw new RangeError(`the addresses of ${role} are not known`);
  return known;
}

function addressOf(role: string, index: number, { self, peers }: Addresses): string {
  const address = role === 'self' ? self : peers[role]?.[index];
  if (!address) throw new RangeError(`the address of ${role} ${index} is not known; ${peers[role]?.length ?? 0} of that role are`);
  return address;
}
