import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { alive, send } from './identity.ts';
import { launch, records } from './service.ts';
import type { ServiceRecord } from './service.ts';
import { waitFor } from './wait.ts';

let folder: string;
const never = () => Promise.resolve(false);
const wait = (needs: readonly ServiceRecord[], within = 30_000, signal = new AbortController().signal) => ({
  what: 'the API',
  needs,
  within,
  every: 10,
  signal,
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-wait-'));
});

afterEach(async () => {
  for (const record of records(folder)) send(record.process, 'SIGKILL');
  await rm(folder, { recursive: true });
});

const start = (name: string, script: string) =>
  launch(folder, { name, argv: [process.execPath, '--eval', script], log: join(folder, name) });
const idle = (words: string) => `console.log(${JSON.stringify(words)}); setInterval(() => {}, 1000)`;

test('a wait is over when the answer is yes', async () => {
  let asked = 0;
  await waitFor(wait([]), () => Promise.resolve(++asked === 3));
  expect(asked).toBe(3);
});

test('a wait has a limit', async () => {
  await expect(waitFor(wait([], 50), never)).rejects.toThrow('waited 0.05 s for the API');
});

test('when time runs out the first service is quoted', async () => {
  const first = await start('first', idle('port in use'));
  const second = await start('second', idle('all is well'));
  const error: unknown = await waitFor(wait([first, second], 1500), never).catch((reason: unknown) => reason);
  expect(String(error)).toContain(`the last lines of ${join(folder, 'first')}:\nport in use`);
  expect(String(error)).not.toContain('all is well');
});

test('a wait for a service that has ended is over, with its last words', async () => {
  const lives = await start('lives', idle('fine'));
  const dies = await start('dies', 'console.log("bad flag")');
  await expect(waitFor(wait([lives, dies]), never)).rejects.toThrow(/waiting for the API: dies has ended; the last lines of .*:\nbad flag/);
});

test('a service that has ended is an error even if the answer is yes', async () => {
  const dies = await start('dies', '');
  while (alive(dies.process)) await sleep(10);
  await expect(waitFor(wait([dies]), () => Promise.resolve(true))).rejects.toThrow('dies has ended');
});

test('a wait can be broken off', async () => {
  const interruption = new AbortController();
  const waiting = waitFor(wait([], 30_000, interruption.signal), never);
  interruption.abort(new Error('ended by SIGINT'));
  await expect(waiting).rejects.toThrow('ended by SIGINT');
});
