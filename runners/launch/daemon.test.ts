import { expect, test } from '@jest/globals';
import { startDaemon } from './daemon.ts';
import type { Report } from './messages.ts';
import { until } from './testing.ts';

const env = { PATH: process.env['PATH'] };

/** A shell in place of a daemon, and what it says. */
function started(script: string, goesOn: () => boolean = () => true) {
  const reports: Report[] = [];
  const daemon = startDaemon(['bash', '-c', script], env, (report) => {
    reports.push(report);
    return goesOn();
  });
  const text = (kind: Report['type']) =>
    reports.map((report) => (report.type === kind && 'data' in report ? report.data.toString() : '')).join('');
  return { ...daemon, text };
}

test.each<[string, string, Report]>([
  ['an exit code', 'exit 9', { type: 'exit', code: 9 }],
  ['a signal', 'kill -USR1 $$', { type: 'signal', name: 'SIGUSR1' }],
])('ends with %s', async (_, script, ending) => {
  expect(await started(script).ended).toEqual(ending);
});

test('that is not there ends with the reason', async () => {
  const daemon = startDaemon(['no-such-daemon'], env, () => true);
  expect(await daemon.ended).toEqual({ type: 'refused', message: 'no-such-daemon cannot be started: spawn no-such-daemon ENOENT' });
  await expect(daemon.stop()).resolves.toBeUndefined();
});

test('has what it said on both ways told before it ends', async () => {
  const daemon = started('echo one; echo two >&2; echo three');
  await daemon.ended;
  expect([daemon.text('out'), daemon.text('err')]).toEqual(['one\nthree\n', 'two\n']);
});

test('waits with more output until somebody wants it', async () => {
  let wanted = false;
  const daemon = started('head -c 5000000 /dev/zero | tr "\\0" x', () => wanted);
  await until(() => daemon.text('out').length > 0);
  const first = daemon.text('out').length;
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  expect(daemon.text('out')).toHaveLength(first);
  expect(first).toBeLessThan(5_000_000);
  wanted = true;
  daemon.more();
  await daemon.ended;
  expect(daemon.text('out')).toHaveLength(5_000_000);
});

test('is asked to end before it is made to', async () => {
  const daemon = started('trap "echo asked; exit 4" TERM; echo ready; while :; do read -rt 0.05 <> <(:); done');
  await until(() => daemon.text('out') === 'ready\n');
  await daemon.stop();
  expect(await daemon.ended).toEqual({ type: 'exit', code: 4 });
  expect(daemon.text('out')).toBe('ready\nasked\n');
});
