import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import { readPeers } from './peers-file.ts';
import { surroundings } from './testing.ts';

const never = new AbortController().signal;
const peers = { server: ['10.0.0.1'], worker: ['fd00::2', 'fd00::3'] };
const whole = JSON.stringify({ version: 1, peers });

/** Replaces the file as the kubelet does: another folder with another content, and one symbolic link that is swapped. */
async function project(path: string, version: number, content: string): Promise<void> {
  const volume = dirname(path);
  await mkdir(join(volume, `..${version}`), { recursive: true });
  await writeFile(join(volume, `..${version}`, 'peers'), content);
  await symlink(`..${version}`, join(volume, '..data_tmp'));
  await rename(join(volume, '..data_tmp'), join(volume, '..data'));
  if (version === 0) await symlink('..data/peers', path);
  else await rm(join(volume, `..${version - 1}`), { recursive: true });
}

describe('the file that names the peers', () => {
  test('is waited for while it is absent, empty, or names others, through the swaps of a projected volume', async () => {
    await using around = await surroundings();
    const path = `${around.root}/assay/peers`;
    const read = readPeers({ path, limit: 5 }, ['server', 'worker'], never);
    const others = JSON.stringify({ version: 1, peers: { server: ['10.0.0.1'], worker: [] } });
    for (const [version, content] of ['', others, whole].entries()) {
      await pause(60);
      await project(path, version, content);
    }
    expect(await read).toEqual(peers);
  });

  test('is read at once when it is there', async () => {
    await using around = await surroundings();
    await writeFile(`${around.root}/peers`, whole);
    const begun = performance.now();
    await readPeers({ path: `${around.root}/peers`, limit: 5 }, ['server'], never);
    expect(performance.now() - begun).toBeLessThan(100);
  });

  test('is seen soon after it came', async () => {
    await using around = await surroundings();
    const path = `${around.root}/peers`;
    const read = readPeers({ path, limit: 5 }, ['server'], never);
    await pause(300);
    await writeFile(path, whole);
    const written = performance.now();
    await read;
    expect(performance.now() - written).toBeLessThan(500);
  });

  test.each([
    '{}',
    'null',
    '[]',
    '7',
    '{"server":["10.0.0.1"]}',
    '{"version":1}',
    '{"version":1,"peers":{"server":"10.0.0.1"}}',
    '{"version":1,"peers":{"server":[]}}',
    '{"version":1,"peers":{"server":["10.0.0.1"]}',
  ])('does not take %s for peers', async (content) => {
    await using around = await surroundings();
    const path = `${around.root}/peers`;
    await writeFile(path, content);
    await expect(readPeers({ path, limit: 0.1 }, ['server'], never)).rejects.toMatchObject({
      reason: 'PeerUnreachable',
      message: 'the operator did not tell the addresses of server within 0.1 s',
    });
  });

  test('of another version is a mix-up of images that no wait mends', async () => {
    await using around = await surroundings();
    const path = `${around.root}/peers`;
    await writeFile(path, '{"version":2,"peers":{}}');
    await expect(readPeers({ path, limit: 30 }, ['server'], never)).rejects.toMatchObject({
      reason: 'BadTask',
      message: expect.stringContaining('version 2; this agent reads 1'),
    });
  });

  test('is not waited for any longer when the pod is told to stop', async () => {
    const stop = AbortSignal.timeout(50);
    await expect(readPeers({ path: '/nonexistent', limit: 30 }, ['server'], stop)).rejects.toMatchObject({ reason: 'Interrupted' });
  });

  test('a file cut anywhere names nobody', async () => {
    await using around = await surroundings();
    const path = `${around.root}/peers`;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
        await writeFile(path, whole.slice(0, length));
        expect(await readFile(path, 'utf8')).toHaveLength(length);
        await expect(readPeers({ path, limit: 0.001 }, ['server'], never)).rejects.toMatchObject({ reason: 'PeerUnreachable' });
      }),
      { numRuns: 10 },
    );
  });
});
