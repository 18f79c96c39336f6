import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isAlive } from '../agent/testing.ts';
import { call } from './caller.ts';
import { longestLine } from './messages.ts';
import { serve } from './server.ts';
import { until } from './testing.ts';

const token = 'ab'.repeat(32);
const address = '127.0.0.1';

let folder: string;
let port: number;
let stop: AbortController;
let served: Promise<void>;
let notes: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'launch-test-'));
  // Stands for orted: runs what it is told to.
  await writeFile(join(folder, 'orted'), '#!/bin/bash\neval "$1"\n', { mode: 0o755 });
  port = await freePort();
  stop = new AbortController();
  notes = [];
  const env = { PATH: `${folder}:${process.env['PATH']}` };
  const daemons = ['orted', 'absent'];
  served = serve({ address, port, token, daemons, env, askLimit: 300, note: (line) => notes.push(line) }, stop.signal);
});

afterEach(async () => {
  stop.abort();
  await served;
  await rm(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, address);
  await once(server, 'listening');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { port: free } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return free;
}

interface Heard {
  out: string;
  err: string;
}

async function ask(argv: string[], heard: Heard = { out: '', err: '' }, as: { token?: string; port?: number; reachLimit?: number } = {}) {
  const sink = { out: (data: Buffer) => (heard.out += data.toString()), err: (data: Buffer | string) => (heard.err += data.toString()) };
  const code = await call({ host: address, argv }, { port, token, reachLimit: 2000, ...as }, sink);
  return { code, ...heard };
}

describe('a daemon that is allowed', () => {
  test.each<[string, string, object]>([
    ['gives its output and its exit code', 'echo told; echo wrong >&2; exit 213', { code: 213, out: 'told\n', err: 'wrong\n' }],
    ['gives the signal that ended it as a shell would', 'kill -KILL $$', { code: 137 }],
    ['gives a lot of output whole', 'head -c 3000000 /dev/zero | tr "\\0" x', { code: 0, out: 'x'.repeat(3_000_000) }],
  ])('%s', async (_, script, expected) => {
    expect(await ask(['orted', script])).toMatchObject(expected);
  });

  test('gets its arguments as they are, through no shell', async () => {
    await writeFile(join(folder, 'orted'), `#!/bin/bash\nprintf '%s|' "$@"\n`);
    expect(await ask(['orted', '$(id)', 'a b', '', '*', '; id'])).toMatchObject({ out: '$(id)|a b||*|; id|' });
  });

  test('is the one of the server, whatever path the caller has it under', async () => {
    expect(await ask(['/elsewhere/bin//orted', 'echo mine'])).toMatchObject({ code: 0, out: 'mine\n' });
  });

  test('does not learn the token', async () => {
    expect((await ask(['orted', 'env'])).out).not.toContain(token);
  });
});

describe('what is refused', () => {
  test.each<[string, string[]]>([
    ['a program that is no daemon', ['bash', '-c', 'id']],
    ['a path to another one', ['../bash']],
    ['nothing', []],
  ])('%s', async (_, argv) => {
    const { code, err } = await ask(argv);
    expect([code, err]).toEqual([255, expect.stringContaining('is not started here, only orted, absent')]);
  });

  test('KP-49 a caller without the token of this run', async () => {
    const { code, err } = await ask(['orted', 'echo'], undefined, { token: 'cd'.repeat(32) });
    expect([code, err]).toEqual([255, expect.stringContaining('does not prove that its maker knows the token')]);
    expect(notes).toEqual([expect.stringContaining('refused 127.0.0.1')]);
  });

  test('a daemon that is not installed', async () => {
    expect((await ask(['absent'])).err).toContain('absent cannot be started: spawn absent ENOENT');
  });

  test('a command line that no system takes', async () => {
    expect((await ask(['orted', 'a\0b'])).err).toContain('refused: ');
    expect(await ask(['orted', 'echo still here'])).toMatchObject({ code: 0, out: 'still here\n' });
  });

  test('a request that comes a byte now and then', async () => {
    const socket = connect(port, address);
    const dripping = setInterval(() => socket.write('x'), 50);
    socket.on('error', () => {});
    await once(socket.resume(), 'close');
    clearInterval(dripping);
    expect(notes).toEqual([expect.stringContaining('nothing was asked for within 0.3 s')]);
  });

  test('a request without an end', async () => {
    const socket = connect(port, address);
    let said = '';
    socket.on('data', (piece: Buffer) => (said += piece.toString()));
    socket.on('error', () => {});
    socket.write('x'.repeat(longestLine + 1));
    await once(socket, 'close');
    expect(notes).toEqual([expect.stringContaining('a line of more than')]);
    expect(said).not.toContain('exit');
  });
});

/** The processes that a daemon says it consists of. */
async function started(heard: Heard): Promise<number[]> {
  await until(() => heard.out.split('\n').length > 2);
  return heard.out.trim().split('\n').map(Number);
}

async function gone(processes: readonly number[]): Promise<void> {
  await until(async () => !(await Promise.all(processes.map(isAlive))).includes(true));
}

describe('no daemon outlives', () => {
  // Has a child in a process group of its own, as orted has its ranks.
  const stubborn = 'trap "" TERM; set -m; (trap "" TERM; sleep 60) & echo $$; echo $!; wait';

  test('its caller, and neither does what it started', async () => {
    const heard = { out: '', err: '' };
    const socket = createRelay();
    void ask(['orted', stubborn], heard, { port: await socket.port });
    const processes = await started(heard);
    socket.cut();
    await gone(processes);
  });

  test('the server, and neither does what it started', async () => {
    const heard = { out: '', err: '' };
    const asked = ask(['orted', stubborn], heard);
    const processes = await started(heard);
    stop.abort();
    await gone(processes);
    expect((await asked).code).not.toBe(0);
  });

  test('its own end by what it started', async () => {
    const heard = { out: '', err: '' };
    await ask(['orted', 'set -m; (trap "" TERM; sleep 60) & echo $$; echo $!'], heard);
    await gone(await started(heard));
  });
});

/** Stands between a caller and the server, so that the connection can break. */
function createRelay() {
  const ends: (() => void)[] = [];
  const relay = createServer((near) => {
    const far = connect(port, address);
    near.pipe(far).pipe(near);
    for (const end of [near, far]) end.on('error', () => {});
    ends.push(() => {
      near.destroy();
      far.destroy();
    });
  }).listen(0, address);
  relay.unref();
  return {
    port: once(relay, 'listening').then(() => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return (relay.address() as AddressInfo).port;
    }),
    cut: () => {
      for (const end of ends) end();
      relay.close();
    },
  };
}

describe('a caller that does not get what it wants says so', () => {
  test('nobody listens', async () => {
    const { code, err } = await ask(['orted'], undefined, { port: await freePort() });
    expect([code, err]).toEqual([
      255,
      expect.stringMatching(/^assay-launch: PeerUnreachable: 127\.0\.0\.1 port \d+: connect ECONNREFUSED/),
    ]);
  });

  test('somebody else listens', async () => {
    const other = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')).listen(0, address);
    await once(other, 'listening');
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const { err } = await ask(['orted'], undefined, { port: (other.address() as AddressInfo).port });
    expect(err).toContain('PeerUnreachable');
    other.close();
  });

  test('somebody talks and does not greet', async () => {
    const other = createServer((socket) => {
      const talking = setInterval(() => socket.write('.'), 50);
      socket.on('error', () => {});
      socket.on('close', () => {
        clearInterval(talking);
      });
    }).listen(0, address);
    await once(other, 'listening');
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const where = { port: (other.address() as AddressInfo).port, reachLimit: 300 };
    expect((await ask(['orted'], undefined, where)).err).toMatch(/PeerUnreachable: .*: no greeting within \d+ ms/);
    other.close();
  });

  test('the connection breaks', async () => {
    const heard = { out: '', err: '' };
    const relay = createRelay();
    const asked = ask(['orted', 'echo begun; sleep 60'], heard, { port: await relay.port });
    await until(() => heard.out !== '');
    relay.cut();
    expect(await asked).toMatchObject({ code: 255, err: expect.stringContaining('the connection broke before the daemon ended') });
  });
});

test('KP-49 the token never goes over the wire', async () => {
  const seen: Buffer[] = [];
  const spy = createServer((near) => {
    const far = connect(port, address);
    for (const end of [near, far]) end.on('data', (piece: Buffer) => seen.push(piece));
    near.pipe(far).pipe(near);
  }).listen(0, address);
  await once(spy, 'listening');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  await ask(['orted', 'env'], undefined, { port: (spy.address() as AddressInfo).port });
  spy.close();
  const text = Buffer.concat(seen).toString('latin1');
  expect(text).toMatch(/exit 0/);
  expect(text).not.toContain(token);
});

test('the programs of the pods do the same: serve.ts and connect.ts', async () => {
  const { spawn } = await import('node:child_process');
  const other = await freePort();
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}`, ASSAY_TOKEN: token, LAUNCH_PORT: String(other) };
  const server = spawn(process.execPath, [join(import.meta.dirname, 'serve.ts'), address, String(other), 'orted'], {
    env,
    stdio: 'ignore',
  });
  const caller = spawn(join(import.meta.dirname, 'connect.ts'), [address, ' orted', '"exit 7"'], {
    env: { ...env, PATH: `${join(process.execPath, '..')}:${process.env['PATH']}` },
    stdio: 'ignore',
  });
  expect((await once(caller, 'exit'))[0]).toBe(7);
  server.kill('SIGTERM');
  expect((await once(server, 'exit'))[0]).toBe(0);
});

test('an image keeps connect.ts executable', async () => {
  expect(await readFile(join(import.meta.dirname, 'connect.ts'), 'utf8')).toMatch(/^#!\/usr\/bin\/env -S node --single-threaded\n/);
});
