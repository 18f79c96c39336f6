import { execFileSync } from 'node:child_process';
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';

import { describe, expect, test } from '@jest/globals';

import { terminationMessage } from './termination-message.ts';
import { folder } from './testing.ts';

interface Left {
  file?: string;
  log?: string;
  policy?: 'File' | 'FallbackToLogsOnError';
  exitCode?: number;
}

async function message({ file, log = '', policy = 'File', exitCode = 0 }: Left): Promise<string> {
  await using own = await folder();
  const [path, logPath] = [`${own.path}/message`, `${own.path}/log`];
  if (file !== undefined) await writeFile(path, file);
  await writeFile(logPath, log);
  return await terminationMessage({ path, logPath, policy }, exitCode);
}

const fallback = { policy: 'FallbackToLogsOnError', log: 'out of luck\n' } as const;

describe('terminationMessage', () => {
  test.each<[string, Left, string]>([
    ['the file', { file: 'done' }, 'done'],
    ['nothing without a file', { exitCode: 1, log: 'noise' }, ''],
    ['the file even where the log may stand in', { ...fallback, file: 'done', exitCode: 1 }, 'done'],
    ['the log after an error without a file', { ...fallback, exitCode: 1 }, 'out of luck\n'],
    ['the log after an error with an empty file', { ...fallback, exitCode: 1, file: '' }, 'out of luck\n'],
    ['no log after a good end', fallback, ''],
    ['the end of a file that is too long', { file: `${'x'.repeat(5000)}end` }, `${'x'.repeat(4093)}end`],
    ['the last 80 lines of a log', { ...fallback, exitCode: 1, log: 'a\n'.repeat(100) }, 'a\n'.repeat(80)],
    ['the end of long lines', { ...fallback, exitCode: 1, log: `${'x'.repeat(3000)}end` }, `${'x'.repeat(2045)}end`],
  ])('is %s', async (_, left, expected) => {
    expect(await message(left)).toBe(expected);
  });
});

describe('what a container put in the place of its message', () => {
  test.each<[string, (path: string) => unknown]>([
    ['a folder', (path) => mkdir(path)],
    ['a pipe that nobody writes', (path) => execFileSync('mkfifo', [path])],
    ['a device without end', (path) => symlink('/dev/zero', path)],
    ['a link to nothing', (path) => symlink('nowhere', path)],
  ])('is no message when it is %s', async (_, make) => {
    await using own = await folder();
    const path = `${own.path}/message`;
    await make(path);
    expect(await terminationMessage({ path, logPath: `${own.path}/log`, policy: 'File' }, 0)).toBe('');
  });

  test('is read at its end though it be larger than memory', async () => {
    await using own = await folder();
    const path = `${own.path}/message`;
    await writeFile(path, '');
    await truncate(path, 2 ** 40);
    expect(await terminationMessage({ path, logPath: `${own.path}/log`, policy: 'File' }, 0)).toHaveLength(4096);
  });
});
