import { describe, expect, test } from '@jest/globals';

import { checkRoutes } from './routes.ts';

describe('a peer', () => {
  test.each([
    ['is reached from the own address', { server: ['127.0.0.9'] }, '127.0.0.1'],
    ['is reached over IPv6', { server: ['::1'] }, '::1'],
    ['is nobody where there is none', {}, '127.0.0.1'],
  ])('%s', async (_, peers, self) => {
    await expect(checkRoutes(peers, self, 'net1')).resolves.toBeUndefined();
  });

  test('that would be reached from another address is named, with that address and what to do', async () => {
    await expect(checkRoutes({ server: ['127.0.0.9'] }, '10.99.0.1', 'net1')).rejects.toMatchObject({
      reason: 'NoRoute',
      message:
        'server 0 at 127.0.0.9 is not reached over net1 from 10.99.0.1, but from 127.0.0.1; ' +
        'give the attachment a range of addresses that holds both pods, or a route',
    });
  });

  test('is named by its number among several', async () => {
    const peers = { server: ['127.0.0.9'], worker: ['127.0.0.1', '::1'] };
    await expect(checkRoutes(peers, '127.0.0.1', 'net1')).rejects.toThrow('worker 1 at ::1 is not reached');
  });

  test('to which there is no route is named with the words of the system', async () => {
    // A group of documentation's own prefix: no machine routes it.
    await expect(checkRoutes({ server: ['255.255.255.255'] }, '127.0.0.1', 'net1')).rejects.toMatchObject({
      reason: 'NoRoute',
      message: expect.stringContaining('but not at all: Error: connect E'),
    });
  });
});
