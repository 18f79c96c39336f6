import { BlockList } from 'node:net';
import type { networkInterfaces } from 'node:os';

import { familyOf, fourFirst } from '../family.ts';
import { Refusal } from './refusal.ts';

/** As os.networkInterfaces gives them. */
export type Interfaces = ReturnType<typeof networkInterfaces>;

/**
 * The addresses of an interface by which others reach it, those of IPv4 first.
 * @throws Refusal NetworkMissing where it has none
 */
export function addressesOn(name: string, interfaces: Interfaces): string[] {
  const addresses = reachable(Object.hasOwn(interfaces, name) ? interfaces[name] : undefined);
  if (addresses.length > 0) return fourFirst(addresses);
  const others = Object.entries(interfaces).map(([other, all]) => `${other} (${reachable(all).join(', ')})`);
  throw new Refusal('NetworkMissing', `the pod has no interface ${name} with an address, only ${others.join(', ') || 'none at all'}`);
}

/** Names of the interfaces by their addresses. */
export function interfaceNames(interfaces: Interfaces): Record<string, string> {
  return Object.fromEntries(
    Object.entries(interfaces).flatMap(([name, addresses = []]) => addresses.map(({ address }) => [address, name])),
  );
}

/** The name of the interface that has an address, or else of one whose network it is in, as all of 127.0.0.0/8 are in that of lo. */
export function interfaceWith(address: string, interfaces: Interfaces): string | undefined {
  const all = Object.entries(interfaces).flatMap(([name, list = []]) => list.map((own) => ({ name, ...own })));
  return (all.find((own) => own.address === address) ?? all.find(({ cidr }) => cidr !== null && contains(cidr, address)))?.name;
}

function contains(cidr: string, address: string): boolean {
  const [network = '', prefix = ''] = cidr.split('/');
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), kindOf(network));
  return list.check(address, kindOf(address));
}

function kindOf(address: string): 'ipv4' | 'ipv6' {
  return familyOf(address) === 'IPv4' ? 'ipv4' : 'ipv6';
}

/** Without those of the link alone: nobody is told of them, and they mean nothing without the name of the interface. */
function reachable(addresses: Interfaces[string] = []): string[] {
  return addresses.filter((own) => own.family === 'IPv4' || own.scopeid === 0).map(({ address }) => address);
}
