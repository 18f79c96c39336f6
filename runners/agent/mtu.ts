import { readFile } from 'node:fs/promises';

import { probePath } from './path-probe.ts';
import type { Callee } from './peers.ts';
import { Refusal } from './refusal.ts';

/**
 * Makes sure that the interface with the own address has the MTU, neither less nor more: a tool takes what there is.
 * @param mtu bytes
 * @param names of the interfaces by their addresses
 * @throws Refusal MTUMismatch with the interface, the MTU that it has, and what to do
 */
export async function checkInterface(mtu: number, self: string, names: Readonly<Record<string, string>>): Promise<void> {
  const name = names[self];
  if (name === undefined) {
    throw new Refusal('MTUMismatch', `no interface of the pod has its address ${self}, so its MTU cannot be told; leave network.mtu out`);
  }
  const has = Number(await readFile(`/sys/class/net/${name}/mtu`, 'latin1'));
  if (has !== mtu) {
    throw new Refusal(
      'MTUMismatch',
      `interface ${name} of the pod has an MTU of ${has}, not the ${mtu} of network.mtu; set "mtu" in the configuration of the network`,
    );
  }
}

/**
 * Makes sure that packets of the MTU pass to every peer and back without being cut.
 * @param mtu bytes
 * @throws Refusal MTUMismatch or PeerUnreachable, with the peer; Interrupted
 */
export async function checkPaths(mtu: number, peers: readonly Callee[], signal: AbortSignal): Promise<void> {
  for (const { name, ...peer } of peers) {
    const passage = await probePath(peer, mtu, signal);
    if (passage === 'Whole') continue;
    if (signal.aborted) throw new Refusal('Interrupted', `told to stop while the MTU of the path to ${name} was being checked`);
    const to = `${name} at ${peer.address}`;
    if (passage === undefined) {
      throw new Refusal('PeerUnreachable', `${to} did not answer over UDP on port ${peer.port}, by which the MTU of the path is checked`);
    }
    const fate =
      passage === 'Cut' ? 'are refused on the way: a part of it has a smaller MTU' : 'are lost on the way, while small ones pass';
    throw new Refusal('MTUMismatch', `packets of ${mtu} bytes (network.mtu) between here and ${to} ${fate}`);
  }
}
