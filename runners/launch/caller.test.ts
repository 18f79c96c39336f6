import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { call } from './caller.ts';
import { commandIn, greetingOf, longestLine, reportOf } from './messages.ts';

// What a caller makes of whoever answers; server.test.ts has the real server.

const token = 'ab'.repeat(32);
const nonce = '01'.repeat(32);
const greeting = `${greetingOf(nonce)}\n`;

/** Calls a server that does what a test wants with each connection. */
async function called(answer: (socket: Socket) => void, argv = ['orted']) {
  const calls: Socket[] = [];
  const server = createServer((socket) => {
    calls.push(socket);
    socket.on('error', () => {});
    answer(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { port } = server.address() as AddressInfo;
  const heard = { out: '', err: '' };
  const sink = { out: (data: Buffer) => (heard.out += data.toString()), err: (data: Buffer | string) => (heard.err += data.toString()) };
  const code = await call({ host: '127.0.0.1', argv }, { port, token, reachLimit: 600 }, sink);
  for (const socket of calls) socket.destroy();
  server.close();
  return { code, ...heard, calls: calls.length };
}

/** Greets, and says the rest once something was asked for. */
function greeted(then: (socket: Socket, asked: string) => void) {
  return (socket: Socket) => {
    socket.write(greeting);
    socket.once('data', (piece: Buffer) => {
      then(socket, piece.toString());
    });
  };
}

const says = (text: string) => greeted((socket) => socket.end(text));

test('asks for its command with a proof over the nonce that it was greeted with', async () => {
  let asked = '';
  await called(
    greeted((socket, line) => {
      asked = line;
      socket.end('exit 0\n');
    }),
    ['orted', '-mca', 'ess', 'env'],
  );
  expect(commandIn(asked.trimEnd(), token, nonce)).toEqual(['orted', '-mca', 'ess', 'env']);
});

test.each<[string, string, { code: number; out?: string; err?: string }]>([
  ['an exit code', 'exit 7\n', { code: 7 }],
  ['the number of a signal', 'signal SIGTERM\n', { code: 143 }],
  ['a signal that is not known here', 'signal SIGNEW\n', { code: 128 }],
  [
    'output of both kinds first',
    `${reportOf({ type: 'out', data: Buffer.from('o') })}\n${reportOf({ type: 'err', data: Buffer.from('e') })}\nexit 0\n`,
    { code: 0, out: 'o', err: 'e' },
  ],
  ['a refusal', `${reportOf({ type: 'refused', message: 'not here' })}\n`, { code: 255, err: 'ToolFailed: 127.0.0.1' }],
])('hands on %s, and calls once', async (_, reports, expected) => {
  const { code, out, err, calls } = await called(says(reports));
  expect([code, out, calls]).toEqual([expected.code, expected.out ?? '', 1]);
  expect(err).toContain(expected.err ?? '');
});

test.each<[string, (socket: Socket) => void, string]>([
  ['what is no report', says('{"exit": 0}\n'), 'what came is no report of a launch server'],
  ['a report of success that has more to say', says('exit 0 or so\nexit0\n'), 'what came is no report of a launch server'],
  ['a line without an end', says('x'.repeat(longestLine + 1)), 'a line of more than'],
  ['a report that was cut', says('exit 0'), 'the connection broke before the daemon ended'],
  ['nothing', says(''), 'the connection broke before the daemon ended'],
])('believes nobody who answers a request with %s, and does not ask twice', async (_, answer, message) => {
  const { code, err, calls } = await called(answer);
  expect([code, err, calls]).toEqual([255, expect.stringContaining(message), 1]);
  expect(err).toMatch(/^assay-launch: PeerUnreachable: 127\.0\.0\.1 port \d+: /);
});

test.each<[string, (socket: Socket) => void, string]>([
  ['reports before anything was asked for', (socket) => socket.end('exit 0\n'), 'what answers there is no launch server'],
  ['greets in another version', (socket) => socket.end(greeting.replace(' 1 ', ' 2 ')), 'what answers there is no launch server'],
  ['closes the connection', (socket) => socket.end(), 'it closed the connection without a greeting'],
  ['says nothing', () => {}, 'no greeting within'],
])('tells nothing to somebody who %s', async (_, answer, message) => {
  let told = '';
  const { code, err } = await called((socket) => {
    socket.on('data', (piece: Buffer) => (told += piece.toString()));
    answer(socket);
  });
  expect([code, err, told]).toEqual([255, expect.stringContaining(message), '']);
});

test('calls again while nothing was asked for, since a server may be late', async () => {
  let calls = 0;
  const answer = (socket: Socket) => {
    calls += 1;
    if (calls === 1) socket.end();
    else says('exit 3\n')(socket);
  };
  expect(await called(answer)).toMatchObject({ code: 3, calls: 2 });
});
