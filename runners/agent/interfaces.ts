import { networkInterfaces } from 'node:os';

/** Names of this network namespace's interfaces by their addresses. */
export function interfaceNames(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) => addresses.map(({ address }) => [address, name])),
  );
}
