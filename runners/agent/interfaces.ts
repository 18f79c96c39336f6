import type { networkInterfaces } from 'node:os';

import { fourFirst } from '../family.ts';
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

/** Without those of the link alone: nobody is told of them, and they mean nothing without the name of the interface. */
function reachable(addresses: Interfaces[string] = []): string[] {
  return addresses.filter((own) => own.family === 'IPv4' || own.scopeid === 0).map(({ address }) => address);
}
