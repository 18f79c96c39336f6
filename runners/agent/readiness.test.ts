import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server } from 'node:net';

import { describe, expect, test } from '@jest/globals';

import { waitForPeers } from './peers.ts';
import { announce, isListening } from './readiness.ts';

const address = '127.0.0.77';
const listener = { protocol: 'TCP', port: 45_201 } as const;
const readyPort = 45_202;
const listening = () => isListening(listener, address);

async function tool(): Promise<Server & { connections: number }> {
  const server = Object.assign(createServer(), { connections: 0 });
  server.on('connection', () => server.connections++);
  server.listen(listener.port, address);
  await once(server, 'listening');
  return server;
}

const isReady = (limit: number) =>
  waitForPeers({ targets: [{ role: 'server', port: readyPort }], limit }, { server: [address] }, new AbortController().signal).then(
    () => true,
    () => false,
  );

describe('announce', () => {
  test('is silent until the tool listens, then speaks, and never touches the tool', async () => {
    const end = new AbortController();
    const announced = announce({ listening, readyPort, address }, end.signal);
    expect(await isReady(0.3)).toBe(false);
    const server = await tool();
    expect(await isReady(5)).toBe(true);
    expect(await isReady(5)).toBe(true);
    expect(server.connections).toBe(0);
    server.close();
    end.abort();
    await announced;
    expect(await isReady(0.3)).toBe(false);
  });

  test('ends while the tool does not listen yet', async () => {
    await expect(announce({ listening, readyPort, address }, AbortSignal.timeout(50))).resolves.toBeUndefined();
  });

  test('says when its own port is taken', async () => {
    const server = await tool();
    await expect(announce({ listening, readyPort: listener.port, address }, new AbortController().signal)).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    server.close();
  });
});
