import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { usage } from './command-line.ts';

/** The command as a process of its own. */
function cluster(words: readonly string[], path = process.env['PATH'] ?? '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...words], {
    env: { ...process.env, PATH: path },
    encoding: 'utf8',
    timeout: 30_000,
  });
  return { status, stdout, stderr };
}

test.each(['--help', '-h', 'help'])('%s tells how it is used, on any machine', (word) => {
  expect(cluster([word], '')).toEqual({ status: 0, stdout: `${usage}\n`, stderr: '' });
});

test('a mistake is answered with the usage, on the error stream', () => {
  const { status, stdout, stderr } = cluster(['start']);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toBe(`"start" is no command\n${usage}\n`);
});

test('a name that cannot be one is refused before anything is done', () => {
  const { status, stderr } = cluster(['--name', '../x', 'status']);
  expect(status).toBe(1);
  // Whoever may not or cannot have a cluster here is told that first.
  expect(stderr).toMatch(/cannot name a cluster|run the command again/);
});

test('without its programs no command begins', () => {
  const { status, stdout, stderr } = cluster(['up', '--name', 'never-brought-up'], '/never');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/with sudo|apt-get install --yes --no-install-recommends .*containerd/);
});
