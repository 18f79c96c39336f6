import { spawn } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { isAlive } from '../agent/testing.ts';
import { killSession, sessionIn } from './session.ts';
import { until } from './testing.ts';

test.each([
  ['a plain name', '7 (sleep) S 1 7 42 0 -1', 42],
  ['a name with brackets and blanks', '7 (a) S 9 (b) S 1 7 42 0 -1', 42],
  ['nothing, of a process that is gone', '', NaN],
])('the session of a process with %s', (_, stat, session) => {
  expect(sessionIn(stat)).toBe(session);
});

test('all of a session are killed, also those that left its process group', async () => {
  // The shell of a session of its own starts two that are leaders of groups of their own, as a daemon of MPI does with its ranks.
  const leader = spawn('bash', ['-c', 'set -m; sleep 60 & sleep 60 & jobs -p; wait'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  leader.stdout.on('data', (piece: Buffer) => (said += piece.toString()));
  await until(() => said.trim().split('\n').length === 2);
  const members = said.trim().split('\n').map(Number);
  await killSession(leader.pid ?? 0);
  await until(async () => (await Promise.all(members.map(isAlive))).every((alive) => !alive));
});
