import { expect, test } from '@jest/globals';
import { run } from './run.ts';

const node = (script: string) => [process.execPath, ['-e', script]] as const;

test('run gives the standard output', async () => {
  await expect(run(...node('console.log("out"); console.error("err")'), { step: 'x' })).resolves.toBe('out\n');
});

test('run adds to the environment', async () => {
  await expect(run(...node('console.log(process.env.A, "PATH" in process.env)'), { step: 'x', env: { A: 'b' } })).resolves.toBe('b true\n');
});

test('a failure has the step, the code and the last lines of both outputs', async () => {
  const failing = run(...node('for (let i = 0; i < 30; i++) console.log(`line${i}`); console.error("why"); process.exit(3)'), {
    step: 'fio: build',
  });
  await expect(failing).rejects.toThrow(/^fio: build failed: \S+ ended with code 3; its last lines:\nline11\n[^]*\nline29\nwhy$/);
});

test('a failure ends with what a person may do', async () => {
  await expect(run(...node('process.exit(1)'), { step: 'x', advice: 'Do this.' })).rejects.toThrow(/\nDo this\.$/);
});

test('a program that does not end is ended, and the limit is said', async () => {
  const hanging = run(...node('console.log("so far"); setInterval(() => {}, 1000)'), { step: 'x', limit: 1500 });
  await expect(hanging).rejects.toThrow(/^x failed: \S+ did not end within 1.5 s; its last lines:\nso far$/);
});

test('a signal from elsewhere is not taken for the limit', async () => {
  await expect(run(...node('process.kill(process.pid, "SIGTERM")'), { step: 'x' })).rejects.toThrow('ended with SIGTERM');
});

test.each([
  ['no-such-program', 'no-such-program'],
  ['setpriv', 'util-linux'],
])('%s that is missing is named with its package', async (program, name) => {
  const missing = run(program, [], { step: 'x', env: { PATH: '/nowhere' } });
  await expect(missing).rejects.toThrow(`x: no ${program} on the PATH; install it: apt-get install --yes ${name}`);
});
