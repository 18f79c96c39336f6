import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { traces } from './traces.ts';

let cache: string;
const { XDG_CACHE_HOME: own } = process.env;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'assay-traces-'));
  process.env['XDG_CACHE_HOME'] = cache;
});

afterEach(() => {
  if (own === undefined) delete process.env['XDG_CACHE_HOME'];
  else process.env['XDG_CACHE_HOME'] = own;
  rmSync(cache, { recursive: true });
});

describe('what is there shows', () => {
  test('the loopback interface', () => {
    expect(traces()).toContain('network interface lo');
  });

  test('the mount of the root', () => {
    expect(traces()).toContain('mount /');
  });

  test('a program of the cache that runs, and only while it runs', () => {
    const program = join(cache, 'assay/programs/sleep');
    mkdirSync(join(cache, 'assay/programs'), { recursive: true });
    copyFileSync(execFileSync('which', ['sleep'], { encoding: 'utf8' }).trim(), program);
    const child = spawn(program, ['60']);
    const line = `process ${child.pid} ${program}`;
    expect(traces()).toContain(line);
    child.kill('SIGKILL');
  });
});

test('nothing of this kind shows from other programs', () => {
  expect(traces().filter((line) => line.startsWith('process') && line.includes(process.execPath))).toEqual([]);
});
