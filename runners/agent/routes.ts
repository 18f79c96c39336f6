import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIP } from 'node:net';

import { familyOf } from '../family.ts';
import { Refusal } from './refusal.ts';

// Discard. Nothing is sent there: connecting a datagram socket only makes the kernel choose a route.
const anyPort = 9;

/**
 * Makes sure that what goes to the peers leaves by the interface that has the own address. So the tool need not be bound to it, which
 * each does in its own way and some cannot.
 * @throws Refusal NoRoute with the peer and what the kernel would do
 */
export async function checkRoutes(peers: Readonly<Record<string, readonly string[]>>, self: string, name: string): Promise<void> {
  for (const [role, addresses] of Object.entries(peers)) {
    for (const [index, address] of addresses.entries()) {
      const source = await sourceTowards(address).catch(String);
      if (source === self) continue;
      throw new Refusal(
        'NoRoute',
        `${role} ${index} at ${address} is not reached over ${name} from ${self}, but ${isIP(source) === 0 ? `not at all: ${source}` : `from ${source}`}; ` +
          'give the attachment a range of addresses that holds both pods, or a route',
      );
    }
  }
}

/** The address from which the kernel would send to another one. @throws the system's error where it has no route */
async function sourceTowards(address: string): Promise<string> {
  const socket = createSocket(familyOf(address) === 'IPv6' ? 'udp6' : 'udp4');
  try {
    socket.connect(anyPort, address);
    await once(socket, 'connect');
    return socket.address().address;
  } finally {
    socket.close();
  }
}
