import { isIP, isIPv6 } from 'node:net';
import { basename } from 'node:path';
import { wordsOf } from './words.ts';

/** What mpirun wants to be started, and where. */
export interface Call {
  host: string;
  argv: string[];
}

/** Characters of a whole call: daemons are told all hosts of a run. */
export const longestCall = 64 * 1024;

/** What Open MPI puts around the command for a user whose shell is sh, so that a login's settings hold; there are no logins here. */
const withProfile = /^\( test ! -r \.\/\.profile \|\| \. \.\/\.profile; (.*)\)$/s;
/** Starts the ranks of Intel MPI; it looks for its launcher by host name where that has an IPv6 address. */
const hydraProxy = 'hydra_bstrap_proxy';

/**
 * Reads the arguments that an MPI launcher calls its remote shell with: the host, and the pieces of a command line, which a remote shell
 * joins with blanks and splits again. An IPv6 address may have hyphens for colons.
 * @returns the call, or what is wrong with it
 */
export function readCall([name = '', ...pieces]: readonly string[]): Call | string {
  const host = isIP(name) === 0 ? name.replaceAll('-', ':') : name;
  if (isIP(host) === 0) return `${JSON.stringify(name)} is no address; hosts are named by address here`;
  const joined = pieces.join(' ');
  const line = withProfile.exec(joined)?.[1] ?? joined;
  if (line.length > longestCall) return `the command for ${host} has ${line.length} characters; at most ${longestCall} are taken`;
  const argv = wordsOf(line);
  if (argv === undefined) return `the command for ${host} needs a shell, and there is none: ${line.slice(0, 200)}`;
  const [program] = argv;
  if (program === undefined) return `there is no command for ${host}`;
  if (basename(program) === hydraProxy && isIPv6(host)) {
    return `Intel MPI does not start ranks over IPv6, as at ${host}; take network.ipFamily: IPv4, or a tool that runs under Open MPI`;
  }
  return { host, argv };
}
