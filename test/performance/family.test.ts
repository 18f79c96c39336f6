import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { cpuOfFamily, familyCpu, relative } from './family.ts';

const all = [
  { pid: 1, parent: 0, cpu: 100 },
  { pid: 10, parent: 1, cpu: 1 },
  { pid: 11, parent: 10, cpu: 2 },
  { pid: 12, parent: 11, cpu: 4 },
  { pid: 13, parent: 10, cpu: 8 },
  { pid: 20, parent: 1, cpu: 16 },
];

test.each([
  ['children and their children', 10, 15],
  ['one without children', 12, 4],
  ['all', 1, 131],
  ['one that is not there', 99, 0],
])('CPU time of %s', (_, root, cpu) => {
  expect(cpuOfFamily(all, root)).toBe(cpu);
});

test('a process by its line of /proc', () => {
  expect(relative(17, '17 (a (b) c) S 3 2 3 0 -1 4194304 100 0 0 0 250 50 0 0 20')).toEqual({ pid: 17, parent: 3, cpu: 3 });
});

test('a process that is gone has used nothing and belongs to nobody', () => {
  expect(relative(17, '')).toMatchObject({ cpu: 0, parent: NaN });
});

test('what a child burns is counted', async () => {
  const before = await familyCpu(process.pid);
  const script =
    'const end = Date.now() + 400; while (process.cpuUsage().user < 300_000 && Date.now() < end + 20_000); console.log("done"); setTimeout(() => {}, 20_000)';
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const after = await familyCpu(process.pid);
  child.kill();
  expect(after - before).toBeGreaterThan(0.25);
}, 30_000);
