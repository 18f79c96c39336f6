import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { UsageError } from '../exit.ts';
import { reportSummary } from './builders.ts';
import { writeFiles } from './write.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'write-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const results = (name: string, files: Record<string, string>) => ({ name, files, summary: reportSummary({ name }) });

test('each object has a folder, made when it is not there', () => {
  const out = join(folder, 'deep', 'out');
  const places = writeFiles(out, [
    results('net', { 'results.csv': 'a,b\n', 'summary.md': '# net\n' }),
    results('disk', { 'results.csv': '' }),
  ]);
  expect([places, readdirSync(join(out, 'net')), readFileSync(join(out, 'net', 'results.csv'), 'utf8')]).toEqual([
    [join(out, 'net'), join(out, 'disk')],
    ['results.csv', 'summary.md'],
    'a,b\n',
  ]);
});

test('an earlier file of the name is replaced', () => {
  for (const text of ['longer than the next', 'new']) writeFiles(folder, [results('net', { 'results.csv': text })]);
  expect(readFileSync(join(folder, 'net', 'results.csv'), 'utf8')).toBe('new');
});

test.each(['../outside', '/tmp/outside', 'a/b', '..', '.'])('a file called %s is refused', (name) => {
  expect(() => writeFiles(folder, [results('net', { [name]: 'text' })])).toThrow(UsageError);
});
