import { connect, createServer, isIPv6 } from 'node:net';
import { once } from 'node:events';

import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import { AddressPool, mappedAddress } from './addresses.ts';

/** Takes addresses until there are none. */
function drained(pool: AddressPool): string[] {
  const addresses: string[] = [];
  while (addresses.length <= 65_536) {
    try {
      addresses.push(pool.take());
    } catch {
      break;
    }
  }
  return addresses;
}

const blockOf = (address: string) => address.split('.')[1];

describe('AddressPool', () => {
  test('gives each pod an address of its own that this machine answers on', async () => {
    const pool = await AddressPool.open();
    const addresses = Array.from({ length: 300 }, () => pool.take());
    expect(new Set(addresses).size).toBe(300);
    const server = createServer().listen({ port: 0, host: addresses.at(-1) });
    await once(server, 'listening');
    server.close();
    await pool.close();
  });

  test('never gives the first address of the block, the last one, or one of another block', async () => {
    const pool = await AddressPool.open();
    const addresses = Array.from({ length: 65_533 }, () => pool.take());
    await pool.close();
    expect(new Set(addresses.map(blockOf)).size).toBe(1);
    expect(addresses.filter((address) => /\.0\.[01]$|\.255\.255$/.test(address))).toEqual([]);
  });

  test('says when all are taken', async () => {
    const pool = await AddressPool.open();
    for (let count = 0; count < 65_533; count++) pool.take();
    await pool.close();
    expect(() => pool.take()).toThrow('all loopback addresses are taken');
  });

  test('gives an address back last', async () => {
    const pool = await AddressPool.open();
    const first = pool.take();
    pool.free(first);
    const second = pool.take();
    expect(second).not.toBe(first);
    drained(pool);
    await pool.close();
    expect(() => pool.take()).toThrow('taken');
  });

  test('gives the address that was given back when no other is left', async () => {
    const pool = await AddressPool.open();
    const all = Array.from({ length: 65_533 }, () => pool.take());
    pool.free(all[7] ?? '');
    const again = pool.take();
    await pool.close();
    expect(again).toBe(all[7]);
  });

  test('goes on in the next part of its block', async () => {
    const pool = await AddressPool.open();
    const addresses = Array.from({ length: 256 }, () => pool.take());
    await pool.close();
    expect(addresses.slice(253).map((address) => address.split('.').slice(2).join('.'))).toEqual(['0.255', '1.0', '1.1']);
  });

  test('begins its search again with the first block after the last', async () => {
    const pools = [await AddressPool.open(238), await AddressPool.open(238)];
    const blocks = pools.map((pool) => Number(blockOf(pool.take())));
    await Promise.all(pools.map((pool) => pool.close()));
    expect(Math.max(...blocks)).toBeLessThanOrEqual(254);
    expect(new Set(blocks).size).toBe(2);
  });

  test('leaves its block to others when it is closed', async () => {
    const pool = await AddressPool.open(100);
    const block = Number(blockOf(pool.take()));
    await pool.close();
    const next = await AddressPool.open(block - 16);
    const address = next.take();
    await next.close();
    expect(Number(blockOf(address))).toBe(block);
  });

  test('is not held open by somebody who connects to its lock', async () => {
    const pool = await AddressPool.open();
    const socket = connect({ host: `127.${blockOf(pool.take())}.0.1`, port: 47_231 });
    await once(socket, 'close');
    await expect(pool.close()).resolves.toBeUndefined();
  });

  test('two of them never share a block', async () => {
    const pools = [await AddressPool.open(7), await AddressPool.open(7)];
    const blocks = pools.map((pool) => blockOf(pool.take()));
    await Promise.all(pools.map((pool) => pool.close()));
    expect(blocks[0]).not.toBe(blocks[1]);
  });
});

describe('the IPv6 address of a pod', () => {
  test.each([
    ['127.16.0.2', '::ffff:7f10:2'],
    ['127.254.255.254', '::ffff:7ffe:fffe'],
  ])('of %s is %s', (address, expected) => {
    expect(mappedAddress(address)).toBe(expected);
  });

  test('is valid, and another one for each', () => {
    const block = fc.tuple(fc.nat({ max: 255 }), fc.nat({ max: 255 }), fc.nat({ max: 255 })).map((rest) => [127, ...rest].join('.'));
    fc.assert(
      fc.property(block, block, (a, b) => {
        expect(isIPv6(mappedAddress(a))).toBe(true);
        expect(mappedAddress(a) === mappedAddress(b)).toBe(a === b);
      }),
    );
  });

  test('is one that this machine answers on, through a socket of IPv6', async () => {
    const pool = await AddressPool.open();
    const host = mappedAddress(pool.take());
    const server = createServer().listen({ port: 0, host });
    await once(server, 'listening');
    expect(server.address()).toMatchObject({ family: 'IPv6' });
    server.close();
    await pool.close();
  });
});
