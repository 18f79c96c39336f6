import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { inspectable, liveHeap } from './live-heap.ts';

const megabytes = 1e6;
let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill('SIGKILL');
});

/** A Node process that runs `script` and then says so. @returns what it wrote to stderr by then */
async function running(script: string): Promise<string> {
  const started = spawn(process.execPath, [inspectable, '--eval', `${script}; console.log('done'); setInterval(() => {}, 1000)`]);
  child = started;
  let log = '';
  started.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  await once(started.stdout, 'data');
  return log;
}

// Arrays of numbers that no literal shares: 8 bytes an element.
const arrays = (count: number) =>
  `Array.from({ length: ${count} }, (_, row) => Array.from({ length: 1000 }, (_, column) => row + column / 7))`;

test('counts what is in use', async () => {
  const log = await running(`globalThis.kept = ${arrays(5000)}`);
  expect(await liveHeap(log)).toBeGreaterThan(40 * megabytes);
});

test('does not count what could be thrown away', async () => {
  const log = await running(`globalThis.lost = ${arrays(5000)}; globalThis.lost = undefined`);
  expect(await liveHeap(log)).toBeLessThan(15 * megabytes);
});

test('can be asked again', async () => {
  const log = await running('');
  const first = await liveHeap(log);
  expect(Math.abs((await liveHeap(log)) - first)).toBeLessThan(megabytes);
});

test('says what is missing where the process was not started for it', async () => {
  await expect(liveHeap('{"msg":"watching"}')).rejects.toThrow('was it started with --inspect=127.0.0.1:0?');
});

test('fails where the process is gone', async () => {
  const log = await running('');
  child?.kill('SIGKILL');
  await once(child as ChildProcess, 'exit');
  await expect(liveHeap(log)).rejects.toThrow('nobody answers at ws://127.0.0.1:');
});
