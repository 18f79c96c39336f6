import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { locked } from './lock.ts';

const quiet = () => {};

test('the second waits for the first, and says so once', async () => {
  const [name, order, said]: [string, string[], string[]] = [randomUUID(), [], []];
  const first = locked(name, 5000, quiet, async () => {
    await sleep(700);
    order.push('first');
  });
  await locked(
    name,
    5000,
    (line) => said.push(line),
    async () => order.push('second'),
  );
  await first;
  expect(order).toEqual(['first', 'second']);
  expect(said).toEqual([`waiting for another process that holds ${name}`]);
});

test('a lock is given up when its holder fails', async () => {
  const name = randomUUID();
  await expect(locked(name, 100, quiet, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(locked(name, 100, quiet, async () => 'held')).resolves.toBe('held');
});

test('the wait has a limit', async () => {
  const name = randomUUID();
  const { promise, resolve } = Promise.withResolvers<void>();
  const first = locked(name, 100, quiet, () => promise);
  await expect(locked(name, 100, quiet, async () => {})).rejects.toThrow(
    `another process has held ${name} for 0.1 s; end it or wait, then try again`,
  );
  resolve();
  await first;
});

test('locks of different names do not meet', async () => {
  await expect(locked(randomUUID(), 100, quiet, () => locked(randomUUID(), 100, quiet, async () => 1))).resolves.toBe(1);
});
