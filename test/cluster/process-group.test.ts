import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { processGroup } from './process-group.ts';
import type { ProcessGroup } from './process-group.ts';
import { start } from './process.ts';

const never = () => Promise.resolve(false);
const idle = 'setInterval(() => {}, 1000)';

let folder: string;
let group: ProcessGroup;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-group-'));
  group = processGroup(folder);
});

afterEach(async () => {
  await group.kill();
  await rm(folder, { recursive: true });
});

const run = (name: string, script: string) => group.start(name, process.execPath, ['--eval', script]);

test('a program that ends before it is ready is named, with its last words', async () => {
  await run('lives', idle);
  await run('dies', 'console.error("bad flag"); process.exit(3)');
  await expect(group.waitUntil(never, 30_000)).rejects.toThrow('dies ended (code 3) before it was ready; its last lines:\nbad flag');
});

test('a wait has a limit and quotes everyone', async () => {
  await run('one', `console.log("still thinking"); ${idle}`);
  let asked = 0;
  const ready = () => Promise.resolve(++asked < 0);
  await expect(group.waitUntil(ready, 1_000)).rejects.toThrow(/not ready after 1 s\nlast lines of one:/);
  expect(asked).toBeGreaterThan(1);
});

test('a wait ends when the answer is yes', async () => {
  await run('one', idle);
  let asked = 0;
  await group.waitUntil(() => Promise.resolve(++asked === 3), 30_000);
  expect(asked).toBe(3);
});

test('kill ends a program that ignores being asked, and can be repeated', async () => {
  const stubborn = await start(
    'stubborn',
    process.execPath,
    ['--eval', `process.on("SIGTERM", () => {}); ${idle}`],
    join(folder, 'stubborn.log'),
  );
  expect(stubborn.ended()).toBeUndefined();
  await stubborn.kill();
  await stubborn.kill();
  expect(stubborn.ended()).toBe('SIGKILL');
  expect(() => process.kill(stubborn.pid, 0)).toThrow('ESRCH');
});

test('a program that cannot be started is an error', async () => {
  // Under setpriv the start succeeds and the program ends at once; without it, the start itself fails.
  const started = group.start('missing', join(folder, 'missing'), []).then(() => group.waitUntil(never, 30_000));
  await expect(started).rejects.toThrow(/missing/);
});
