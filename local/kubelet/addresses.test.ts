import { createServer } from 'node:net';
import { once } from 'node:events';

import { describe, expect, test } from '@jest/globals';

import { AddressPool } from './addresses.ts';

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
    const addresses = Array.from({ length: 65_532 }, () => pool.take());
    await pool.close();
    expect(new Set(addresses.map(blockOf)).size).toBe(1);
    expect(addresses.filter((address) => /\.0\.[01]$|\.255\.255$/.test(address))).toEqual([]);
  });

  test('says when all are taken', async () => {
    const pool = await AddressPool.open();
    for (let count = 0; count < 65_532; count++) pool.take();
    await pool.close();
    expect(() => pool.take()).toThrow('all loopback addresses are taken');
  });

  test('gives an address back last', async () => {
    const pool = await AddressPool.open();
    const first = pool.take();
    pool.free(first);
    const second = pool.take();
    expect(second).not.toBe(first);
    for (let count = 0; count < 65_531; count++) pool.take();
    await pool.close();
    expect(() => pool.take()).toThrow('taken');
  });

  test('two of them never share a block', async () => {
    const pools = [await AddressPool.open(7), await AddressPool.open(7)];
    const blocks = pools.map((pool) => blockOf(pool.take()));
    await Promise.all(pools.map((pool) => pool.close()));
    expect(blocks[0]).not.toBe(blocks[1]);
  });
});
