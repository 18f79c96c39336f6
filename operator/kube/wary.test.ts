import { beforeEach, describe, expect, test } from '@jest/globals';
import { KubeClient } from './client.ts';
import { FakeClock } from './fake-clock.ts';
import { pods } from './object.ts';
import { listOf, pod, refusal, reply, ScriptedTransport } from './scripted-transport.ts';
import { wary } from './wary.ts';

const forbidden = refusal(403, 'Forbidden');
const lost = new Error('connect ECONNREFUSED');

let clock: FakeClock;
let transport: ScriptedTransport;
let client: KubeClient;

beforeEach(async () => {
  clock = new FakeClock(0);
  transport = new ScriptedTransport(forbidden);
  client = new KubeClient(wary(transport, clock), { clock, random: () => 0 });
  await clock.advance(60_000);
});

/** The status that a creation meets. */
async function outcome(): Promise<unknown> {
  return await client.create(pods, pod('a', 1)).then(
    () => 201,
    (error: unknown) => (error instanceof Error && 'status' in error ? error.status : 'no reply'),
  );
}

describe('a refusal is believed', () => {
  test('of a server that was there all the time', async () => {
    expect(await outcome()).toBe(403);
  });

  test('half a minute after the last trouble', async () => {
    transport.answers = [lost, forbidden];
    const first = await outcome();
    await clock.advance(29_999);
    const early = await outcome();
    await clock.advance(1);
    expect([first, early, await outcome()]).toEqual(['no reply', 503, 403]);
  });
});

describe('a refusal is not believed', () => {
  test.each<[string, ScriptedTransport['answers']]>([
    ['after a connection that failed', [lost, forbidden]],
    ['after a 503', [refusal(503, 'ServiceUnavailable'), forbidden]],
    ['of who one is', [lost, refusal(401, 'Unauthorized')]],
  ])('%s', async (_, answers) => {
    transport.answers = answers;
    await outcome();
    expect(await outcome()).toBe(503);
  });

  test('after a watch that could not be opened', async () => {
    transport.refusals = [lost];
    await expect(client.watch(pods, {}, new AbortController().signal)).rejects.toThrow('ECONNREFUSED');
    expect(await outcome()).toBe(503);
  });

  test('in the first half minute of this process, which a restart of the server may have ended', async () => {
    client = new KubeClient(wary(transport, clock), { clock });
    expect(await outcome()).toBe(503);
  });

  test('yet it is told', async () => {
    transport.answers = [lost, forbidden];
    await outcome();
    await expect(client.create(pods, pod('a', 1))).rejects.toThrow(/503 .*not believed so soon.*403 Forbidden: Forbidden for a test/);
  });
});

test.each([404, 409, 422, 429, 500])('a %i stays what it is', async (status) => {
  transport.answers = [lost, refusal(status, 'Whatever')];
  await outcome();
  const answer = outcome();
  await clock.advance(60_000);
  expect(await answer).toBe(status);
});

test('what goes well goes through', async () => {
  transport.answers = [lost, listOf(1, [pod('a', 1)]), reply(200, pod('a', 1))];
  await outcome();
  expect((await client.list(pods)).items).toHaveLength(1);
  const stream = await client.watch(pods, {}, new AbortController().signal);
  transport.stream.push('event');
  transport.stream.end();
  const seen = [];
  for await (const event of stream) seen.push(event);
  expect(seen).toEqual(['event']);
});

test('closes what it stands before', async () => {
  await client.close();
  expect(transport.closed).toBe(true);
});
