import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { FakeClock } from '../../operator/kube/fake-clock.ts';
import { ContainerProcess } from './container-process.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'container-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const launch = (program: string, ...args: string[]) => ({
  argv: [program, ...args] as [string, ...string[]],
  cwd: folder,
  env: {},
  message: { path: join(folder, 'message'), logPath: join(folder, 'log'), policy: 'File' as const },
});

test('no timer outlives a process whose output has ended', async () => {
  const clock = new FakeClock();
  await new ContainerProcess(launch(process.execPath, '--eval', ''), clock).ended;
  expect(clock.pending).toBe(0);
});
