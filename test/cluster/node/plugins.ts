import { nodeProgram } from './mounts.ts';

/** Where Debian's package puts the network plugins (CNI). */
const packageFolder = '/usr/lib/cni';

/** Plugins that a node has as they are: name -> path on the machine. */
export const pluginPrograms: Readonly<Record<string, string>> = Object.fromEntries(
  ['loopback', 'portmap', 'host-local', 'bridge'].map((name) => [name, `${packageFolder}/${name}`]),
);

/**
 * Plugins that wait for the kernel to find that nobody else has a pod's IPv6 address, for up to two seconds of each start. Nobody can
 * have it, as each node gives out ranges of its own, so here they begin with turning that off.
 */
export const pluginFiles: Readonly<Record<string, string>> = Object.fromEntries(
  ['ptp', 'macvlan'].map((name) => [nodeProgram(name), withoutDetection(`${packageFolder}/${name}`)]),
);

function withoutDetection(plugin: string): string {
  const settings = ['all', 'default'].map((which) => `net.ipv6.conf.${which}.accept_dad=0`).join(' ');
  return `#!/bin/sh
[ "$CNI_COMMAND" != ADD ] || nsenter --net="$CNI_NETNS" sysctl --quiet --write ${settings} || exit
exec ${plugin}
`;
}
