import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server } from 'node:net';

// Whoever has this port on the first address of a block has the block.
const lockPort = 47_231;
const firstBlock = 16;
const lastBlock = 254;
// Of the 65,536 of a block: the first two and the last serve as network, lock and broadcast address.
const first = 2;
const last = 65_534;

/**
 * Loopback addresses for pods, one block 127.x.0.0/16 a process, so that two local runs side by side never give one
 * address to two pods. Linux answers on all of 127.0.0.0/8 without any set-up or privilege.
 */
export class AddressPool {
  readonly #block: number;
  readonly #lock: Server;
  readonly #used = new Set<number>();
  #last = last;

  private constructor(block: number, lock: Server) {
    this.#block = block;
    this.#lock = lock;
  }

  /** @throws Error when every block is taken */
  static async open(start: number = process.pid): Promise<AddressPool> {
    const count = lastBlock - firstBlock + 1;
    for (let tried = 0; tried < count; tried++) {
      const block = firstBlock + ((start + tried) % count);
      const lock = await tryLock(`127.${block}.0.1`);
      if (lock) return new AddressPool(block, lock);
    }
    throw new Error(`no loopback address is free: port ${lockPort} is taken on all of 127.${firstBlock}.0.1 to 127.${lastBlock}.0.1`);
  }

  /** An address that no pod has; given back ones come last, because their ports can linger. */
  take(): string {
    if (this.#used.size > last - first) throw new Error('all loopback addresses are taken');
    do this.#last = this.#last >= last ? first : this.#last + 1;
    while (this.#used.has(this.#last));
    this.#used.add(this.#last);
    return `127.${this.#block}.${this.#last >> 8}.${this.#last & 0xff}`;
  }

  free(address: string): void {
    const [, , high, low] = address.split('.').map(Number);
    this.#used.delete((high ?? 0) * 256 + (low ?? 0));
  }

  async close(): Promise<void> {
    this.#lock.close();
    await once(this.#lock, 'close');
  }
}

/**
 * The same loopback address for IPv6 sockets (RFC 4291, 2.5.5.2), since `::1`, the only other one that needs no set-up, would be that of
 * all pods. What is sent to it travels as IPv4.
 */
export function mappedAddress(address: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  return `::ffff:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

async function tryLock(host: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy());
  server.unref();
  server.listen({ port: lockPort, host });
  try {
    await once(server, 'listening');
    return server;
  } catch {
    return undefined;
  }
}
