import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { KubeClient } from '../operator/kube/client.ts';
import { events } from '../operator/kube/object.ts';
import { benchmark, condition, set } from './builders.ts';
import { UsageError } from './exit.ts';
import { created, memoryClient, reached } from './testing.ts';
import { why } from './why.ts';

let client: KubeClient;

beforeEach(() => {
  client = memoryClient();
});

afterEach(async () => {
  await client.close();
});

const event = async (about: string, message: string, second = 0, namespace = 'default') => {
  const time = `2026-11-21T12:00:${String(second).padStart(2, '0')}Z`;
  const involvedObject = { name: about, namespace };
  const object = { metadata: { name: `${about}.${second}`, namespace }, involvedObject, type: 'Warning', reason: 'Seen', message };
  await client.create<typeof object & { firstTimestamp: string; lastTimestamp: string }>(events, {
    ...object,
    firstTimestamp: time,
    lastTimestamp: time,
  });
};

/** Messages of the events that are quoted. */
const quoted = (text: string) => [...text.matchAll(/^event .*: (.*)$/gm)].map(([, message]) => message);

test('neither kind has the name', async () => {
  await expect(why(client, 'nap', 'default')).rejects.toThrow(
    new UsageError('there is no Benchmark and no BenchmarkSet nap in namespace default; -n names another one'),
  );
});

test('one in another namespace is not it', async () => {
  await created(client, benchmark(), 'elsewhere');
  await expect(why(client, 'nap', 'default')).rejects.toThrow(UsageError);
});

describe('a Benchmark', () => {
  test('that nobody has looked at', async () => {
    await created(client, benchmark());
    expect(await why(client, 'nap', 'default')).toBe('Benchmark nap: not seen by an operator yet; is one running?');
  });

  test('quotes events about it and the pods of its last attempt, oldest first, of its namespace alone', async () => {
    const attempts = ['first', 'second'].map((pod, index) => ({ index, pods: [{ name: pod, role: 'sleeper' }] }));
    await reached(client, await created(client, benchmark()), 'Running', { attempts });
    await event('second', 'pulling', 3);
    await event('nap', 'accepted', 1);
    await event('first', 'of an earlier attempt', 2);
    await event('nap', 'of a namesake', 4, 'elsewhere');
    expect(quoted(await why(client, 'nap', 'default'))).toEqual(['accepted', 'pulling']);
  });

  test('quotes the ten newest', async () => {
    await reached(client, await created(client, benchmark()), 'Pending');
    for (let second = 0; second < 12; second++) await event('nap', `number ${second}`, second);
    const messages = quoted(await why(client, 'nap', 'default'));
    expect([messages.length, messages[0], messages.at(-1)]).toEqual([10, 'number 2', 'number 11']);
  });
});

describe('a set', () => {
  const failed = { conditions: [condition({})] };

  test('explains its own failed members', async () => {
    await reached(client, await created(client, set()), 'Running');
    const member = (name: string, of: string) => created(client, benchmark(undefined, { name, labels: { 'assay.dev/set': of } }));
    await reached(client, await member('net-0-0', 'net'), 'Failed', failed);
    await reached(client, await member('other-0-0', 'other'), 'Failed', failed);
    const text = await why(client, 'net', 'default');
    expect([text.includes('1 failed with ToolMissing'), text.includes('net-0-0'), text.includes('other-0-0')]).toEqual([true, true, false]);
  });

  test('comes before a Benchmark of its name', async () => {
    await created(client, benchmark(undefined, { name: 'net' }));
    await reached(client, await created(client, set()), 'Running');
    expect(await why(client, 'net', 'default')).toBe('BenchmarkSet net: Running');
  });
});
