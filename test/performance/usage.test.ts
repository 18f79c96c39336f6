import { expect, test } from '@jest/globals';
import { parseUsage, usageOf } from './usage.ts';

const numbers = (user: number, system: number) => `S 1 2 3 0 -1 4194304 100 0 0 0 ${user} ${system} 0 0 20 0 11 0`;
const memory = 'Name:\tnode\nVmPeak:\t 9999 kB\nVmHWM:\t  2048 kB\nVmRSS:\t  1024 kB\nThreads:\t11\n';

test.each([
  ['a plain name', `17 (node) ${numbers(250, 50)}`],
  ['a name with spaces and parentheses', `17 (MainThread) (x) y) ${numbers(250, 50)}`],
])('CPU seconds and bytes of a process with %s', (_, stat) => {
  expect(parseUsage(stat, memory)).toEqual({ cpu: 3, peak: 2048 * 1024 });
});

test('this process has used some of each', async () => {
  const { cpu, peak } = await usageOf(process.pid);
  expect(cpu).toBeGreaterThan(0);
  expect(peak).toBeGreaterThan(10e6);
});

test('a process that is gone has no usage', async () => {
  await expect(usageOf(2 ** 22 + 1)).rejects.toThrow('ENOENT');
});
