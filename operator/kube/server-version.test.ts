import { beforeEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from './fake-clock.ts';
import { messageOf } from './errors.ts';
import { refusal, reply, ScriptedTransport } from './scripted-transport.ts';
import { serverVersion } from './server-version.ts';

const version = reply(200, { gitVersion: 'v1.34.9' });
const lost = new Error('connect ECONNREFUSED');

let clock: FakeClock;

beforeEach(() => {
  clock = new FakeClock(0);
});

/** The version, or the error, and how many ms it took. */
async function first(patience: number, ...answers: ScriptedTransport['answers']) {
  const asked = serverVersion(new ScriptedTransport(...answers), { server: 'https://api', patience, clock });
  const outcome = await clock
    .until(asked)
    .catch((error: unknown) =>
      error instanceof Error ? [error.message, messageOf(error.cause)].join(': ').replace(/: undefined$/, '') : error,
    );
  return [outcome, clock.now()];
}

describe('for a person', () => {
  test('the version comes at once', async () => {
    expect(await first(0, version)).toEqual(['v1.34.9', 0]);
  });

  test('so does the error', async () => {
    expect(await first(0, lost)).toEqual(['https://api does not answer: connect ECONNREFUSED', 0]);
  });

  test('a server that hangs is given up after ten seconds', async () => {
    expect(await first(0, () => new Promise(() => {}))).toEqual([
      'https://api does not answer: GET /version: no reply within 10 s',
      10_000,
    ]);
  });
});

describe('for a pod, whose restarts come later and later', () => {
  test('a server that is being restarted is waited for', async () => {
    expect(await first(60_000, lost, refusal(503, 'ServiceUnavailable'), refusal(500, 'InternalError'), version)).toEqual([
      'v1.34.9',
      3000,
    ]);
  });

  test('not longer than is said', async () => {
    expect(await first(60_000, lost)).toEqual(['https://api does not answer: connect ECONNREFUSED', 60_000]);
  });

  test('another kind of server is not waited for', async () => {
    expect(await first(60_000, reply(404, '<h1>It works!</h1>'))).toEqual([
      'https://api is no Kubernetes API server: GET /version gave 404',
      0,
    ]);
  });

  test('nor one whose version is none', async () => {
    expect((await first(60_000, reply(200, { gitVersion: 7 })))[0]).toMatch(/is no Kubernetes API server: GET \/version gave 200/);
  });
});
