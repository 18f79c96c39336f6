import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

import { describe, expect, test } from '@jest/globals';

import { waitForPeers } from './peers.ts';
import { readyWord } from './readiness.ts';

const never = new AbortController().signal;

/** A peer's agent, or something that only looks like one. */
async function peer(answer: (socket: Socket) => void, port = 0): Promise<{ port: number; server: Server } & Disposable> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    answer(socket);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const address = server.address() as AddressInfo;
  return { port: address.port, server, [Symbol.dispose]: () => server.close() };
}

const ready = (socket: Socket) => socket.end(readyWord);

function talkOn(socket: Socket): void {
  const timer = setInterval(() => socket.write('...'), 20);
  socket.on('close', () => {
    clearInterval(timer);
  });
}

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  using taken = await peer(ready);
  return taken.port;
}

const waitFor = (port: number, limit: number, signal = never) =>
  waitForPeers({ targets: [{ role: 'server', port }], limit }, { server: ['127.0.0.1'] }, signal);

describe('waitForPeers', () => {
  test('returns when the peer is ready', async () => {
    using server = await peer(ready);
    await expect(waitFor(server.port, 5)).resolves.toBeUndefined();
  });

  test('returns at once when nobody has to be waited for', async () => {
    await expect(waitForPeers({ targets: [], limit: 0 }, {}, never)).resolves.toBeUndefined();
  });

  test('waits for a peer that comes late', async () => {
    const port = await freePort();
    const waiting = waitFor(port, 5);
    setTimeout(() => {
      void peer((socket) => socket.end(readyWord, () => late.server.close()), port).then((one) => (late = one));
    }, 200);
    let late: Awaited<ReturnType<typeof peer>>;
    await expect(waiting).resolves.toBeUndefined();
  });

  test('understands an answer in pieces', async () => {
    using server = await peer((socket) => {
      socket.write(readyWord.slice(0, 3));
      setTimeout(() => socket.end(readyWord.slice(3)), 50);
    });
    await expect(waitFor(server.port, 5)).resolves.toBeUndefined();
  });

  test.each<[string, (socket: Socket) => void]>([
    ['a proxy that accepts and closes', (socket) => socket.end()],
    ['another server on the port', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['one that says nothing', () => {}],
    ['one that resets', (socket) => socket.resetAndDestroy()],
    ['one that never stops talking', talkOn],
  ])('does not take %s for ready', async (_, answer) => {
    using server = await peer(answer);
    await expect(waitFor(server.port, 0.3)).rejects.toMatchObject({ reason: 'PeerUnreachable' });
  });

  test('names role, address, port, limit and cause', async () => {
    const port = await freePort();
    await expect(waitFor(port, 0.2)).rejects.toThrow(
      `server 0 at 127.0.0.1 port ${port} was not ready within 0.2 s: connect ECONNREFUSED 127.0.0.1:${port}`,
    );
  });

  test('one of several that is not ready is enough to fail', async () => {
    using server = await peer(ready);
    const peers = { server: ['127.0.0.1', '127.0.0.2'] };
    await expect(waitForPeers({ targets: [{ role: 'server', port: server.port }], limit: 0.2 }, peers, never)).rejects.toThrow(
      'server 1 at 127.0.0.2',
    );
  });

  test.each([{}, { server: [] }])('a role without addresses is a bad task: %j', async (peers) => {
    await expect(waitForPeers({ targets: [{ role: 'server', port: 1 }], limit: 5 }, peers, never)).rejects.toMatchObject({
      reason: 'BadTask',
    });
  });

  test('ends when the pod is told to stop', async () => {
    await expect(waitFor(await freePort(), 30, AbortSignal.timeout(100))).rejects.toMatchObject({ reason: 'Interrupted' });
  });
});
