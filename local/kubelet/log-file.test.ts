import { stat } from 'node:fs/promises';

import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import { LogFile, readLog } from './log-file.ts';
import type { LogWindow } from './log-file.ts';
import { folder, namesIn } from './testing.ts';

async function logged(chunks: string[], limit?: number, window?: LogWindow): Promise<string> {
  await using own = await folder();
  const log = new LogFile(`${own.path}/log`, limit);
  for (const chunk of chunks) log.write(Buffer.from(chunk));
  log.close();
  return readLog(`${own.path}/log`, window);
}

describe('a log', () => {
  test.each([
    ['what was written', ['a\n', 'b\n'], undefined, 'a\nb\n'],
    ['nothing when nothing was', [], undefined, ''],
    ['both files around a rotation', ['aaaa\n', 'bbbb\n', 'cccc\n'], 12, 'aaaa\nbbbb\ncccc\n'],
    ['the last two files', ['aaaa\n', 'bbbb\n', 'cccc\n', 'dddd\n', 'eeee\n'], 10, 'cccc\ndddd\neeee\n'],
    ['a piece larger than a file', ['aaaa\n', 'b'.repeat(20), 'c'], 10, `${'b'.repeat(20)}c`],
  ])('holds %s', async (_, chunks, limit, text) => {
    expect(await logged(chunks, limit)).toBe(text);
  });

  test.each<[string, LogWindow, string]>([
    ['all of it', {}, 'a\nb\nc\n'],
    ['the last line', { tailLines: 1 }, 'c\n'],
    ['more lines than there are', { tailLines: 9 }, 'a\nb\nc\n'],
    ['no lines', { tailLines: 0 }, ''],
    ['the first bytes', { limitBytes: 3 }, 'a\nb'],
    ['the first bytes of the last lines', { tailLines: 2, limitBytes: 1 }, 'b'],
  ])('can be asked for %s', async (_, window, text) => {
    expect(await logged(['a\n', 'b\n', 'c\n'], undefined, window)).toBe(text);
  });

  test('a last line without line break is a line', async () => {
    expect(await logged(['a\n', 'b'], undefined, { tailLines: 1 })).toBe('b');
  });

  test('is on disk as soon as it is written', async () => {
    await using own = await folder();
    const log = new LogFile(`${own.path}/log`);
    log.write(Buffer.from('now'));
    expect(readLog(`${own.path}/log`)).toBe('now');
    log.close();
  });

  test.each([
    ['two chunks', undefined],
    ['two files', 1],
  ])('is whole where a character is cut into %s', async (_, limit) => {
    await using own = await folder();
    const log = new LogFile(`${own.path}/log`, limit);
    const bytes = Buffer.from('ä');
    log.write(bytes.subarray(0, 1));
    log.write(bytes.subarray(1));
    log.close();
    expect(readLog(`${own.path}/log`)).toBe('ä');
  });

  test('loses what does not fit on the disk, and does no other harm', () => {
    const log = new LogFile('/dev/full');
    expect(() => {
      log.write(Buffer.from('x'));
    }).not.toThrow();
    log.close();
  });

  test('is the end of what was written, and at most two files of it', async () => {
    const chunks = fc.array(fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 10 }));
    await fc.assert(
      fc.asyncProperty(chunks, async (some) => {
        const log = await logged(some, 10);
        expect(some.join('').endsWith(log)).toBe(true);
        expect(log.length).toBeLessThanOrEqual(20);
      }),
      { numRuns: 30 },
    );
  });

  test('never takes more than two files of the limit', async () => {
    await using own = await folder();
    const log = new LogFile(`${own.path}/log`, 1000);
    for (let count = 0; count < 200; count++) log.write(Buffer.alloc(99));
    log.close();
    const names = await namesIn(own.path);
    const sizes = await Promise.all(names.map(async (name) => (await stat(`${own.path}/${name}`)).size));
    expect(names.toSorted()).toEqual(['log', 'log.1']);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1000);
  });
});

test('a log that was never there is empty', () => {
  expect(readLog('/nonexistent/log')).toBe('');
});
