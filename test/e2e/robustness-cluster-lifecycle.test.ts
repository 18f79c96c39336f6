import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, jest, test } from '@jest/globals';
import { layout } from '../cluster/layout.ts';
import { leftovers } from '../cluster/leftovers.ts';
import { ended } from './command.ts';

// A second cluster beside the one that these tests run in, whose start is broken off.
const name = 'broken-off';
const program = join(import.meta.dirname, '..', 'cluster', 'main.ts');
const cluster = (action: string) => ended(process.execPath, [program, action, '--name', name]);

const left = () => leftovers(layout(name), new Set());

jest.setTimeout(180_000);

beforeEach(() => cluster('down'));
afterAll(() => cluster('down'));

/** Starts a cluster and sends a signal to the command once it has reported a step. @returns exit code, or the signal that ended it */
async function brokenOff(step: string, signal: NodeJS.Signals): Promise<number | string> {
  const up = spawn(process.execPath, [program, 'up', '--name', name], { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  up.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (said.includes(step)) up.kill(signal);
  });
  const [code, by] = (await once(up, 'exit')) as [number | null, string | null];
  expect(said).toContain(step);
  return code ?? by ?? '';
}

test.each(['network and certificates are made', 'API server answers'])(
  'an `up` that is interrupted after "%s" leaves nothing',
  async (step) => {
    expect(await brokenOff(step, 'SIGINT')).toBe(1);
    expect(await left()).toEqual([]);
  },
);

test('what an `up` that was killed has left is named by the next one, and removed by `down`', async () => {
  expect(await brokenOff('API server answers', 'SIGKILL')).toBe('SIGKILL');
  const again = await cluster('up');
  expect(again.stderr).toBe(`the cluster ${name} was left half made: run \`npm run cluster -- down --name ${name}\` first\n`);
  const down = await cluster('down');
  expect(down).toEqual({ code: 0, stderr: '', stdout: expect.stringMatching(/ s {2}nothing is left of the cluster broken-off\n$/) });
  expect(await left()).toEqual([]);
});

test('of a cluster that is not there the status is 1, and kubectl says what to do', async () => {
  expect((await cluster('status')).code).toBe(1);
  const { code, stderr } = await ended(process.execPath, [program, '--name', name, 'kubectl', 'get', 'nodes']);
  expect(code).toBe(1);
  expect(stderr).toBe(`the cluster ${name} is not up: run \`npm run cluster -- up --name ${name}\`\n`);
});
