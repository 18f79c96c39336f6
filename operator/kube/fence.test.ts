import { beforeEach, describe, expect, test } from '@jest/globals';
import { KubeClient } from './client.ts';
import { fenced } from './fence.ts';
import { pods } from './object.ts';
import { listOf, pod, reply, ScriptedTransport } from './scripted-transport.ts';

let transport: ScriptedTransport;
let mayWrite: boolean;
let client: KubeClient;

beforeEach(() => {
  transport = new ScriptedTransport(reply(200, pod('a', 1)));
  mayWrite = true;
  client = new KubeClient(fenced(transport, () => mayWrite));
});

const ref = { namespace: 'default', name: 'a' };
const writes: [string, () => Promise<unknown>][] = [
  ['create', () => client.create(pods, pod('a', 1))],
  ['replace', () => client.replace(pods, pod('a', 1))],
  ['replaceStatus', () => client.replaceStatus(pods, pod('a', 1))],
  ['patch', () => client.patch(pods, ref, {}, { type: 'merge' })],
  ['delete', () => client.delete(pods, ref)],
];

describe('without the lease', () => {
  test.each(writes)('%s reaches nobody, and says why', async (_, write) => {
    mayWrite = false;
    await expect(write()).rejects.toMatchObject({ message: expect.stringMatching(/not sent: another process may hold the lease by now$/) });
    expect(transport.requests).toEqual([]);
  });

  test('reads and watches go on: a standby keeps its caches', async () => {
    mayWrite = false;
    await client.get(pods, ref);
    transport.answers = [listOf(1, [])];
    await client.list(pods);
    await client.watch(pods, {}, new AbortController().signal);
    expect([transport.requests.length, transport.watches.length]).toEqual([2, 1]);
  });
});

test.each(writes)('%s passes while the lease is held', async (_, write) => {
  await write();
  expect(transport.requests).toHaveLength(1);
});

test('is asked at every write anew', async () => {
  await client.create(pods, pod('a', 1));
  mayWrite = false;
  await expect(client.create(pods, pod('b', 2))).rejects.toThrow(/not sent/);
  expect(transport.requests).toHaveLength(1);
});

test('closes what it stands before', async () => {
  await client.close();
  expect(transport.closed).toBe(true);
});
