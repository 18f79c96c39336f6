import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';

import { describe, expect, test } from '@jest/globals';

import { answerPeer, answerProbes } from './path-answer.ts';
import { probePath } from './path-probe.ts';
import { ask, cut, whole } from './path-word.ts';

// What a real path with a smaller MTU does is in test/e2e/path-mtu.test.ts; here nothing is larger than the loopback's packets.

const never = new AbortController().signal;

/** Somebody at the other end who answers as a test wants. */
async function peer(
  answer: (question: Buffer) => Buffer | undefined,
): Promise<Socket & AsyncDisposable & { port: number; asked: number[] }> {
  const socket = createSocket('udp4');
  const asked: number[] = [];
  socket.on('message', (question, { address, port }) => {
    asked.push(question.length);
    const reply = answer(question);
    if (reply) socket.send(reply, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return Object.assign(socket, {
    port: socket.address().port,
    asked,
    [Symbol.asyncDispose]: async () => {
      socket.close();
      await once(socket, 'close');
    },
  });
}

const small = (question: Buffer) => question.length === ask.length;
const echo = (question: Buffer) => Buffer.concat([whole, question.subarray(ask.length)]);

describe('between two agents', () => {
  test.each([
    ['127.0.0.78', 1500],
    ['127.0.0.78', 9000],
    ['::1', 1280],
  ])('to %s packets of %s bytes pass, as often as somebody asks', async (address, size) => {
    const end = new AbortController();
    const answered = answerProbes({ address, port: 45_302 }, end.signal);
    expect(await probePath({ address, port: 45_302 }, size, never)).toBe('Whole');
    expect(await probePath({ address, port: 45_302 }, size, never)).toBe('Whole');
    end.abort();
    await answered;
  });

  test('a port that is taken is told', async () => {
    await using taken = await peer(() => undefined);
    await expect(answerProbes({ address: '127.0.0.1', port: taken.port }, never)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('an answer', () => {
  test('to what is no question is not given', async () => {
    const end = new AbortController();
    const answered = answerProbes({ address: '127.0.0.79', port: 45_303 }, end.signal);
    await using stranger = await peer(() => undefined);
    for (const word of [whole, cut, Buffer.from('hello'), Buffer.alloc(0)]) stranger.send(word, 45_303, '127.0.0.79');
    expect(await probePath({ address: '127.0.0.79', port: 45_303 }, 1500, never)).toBe('Whole');
    expect(stranger.asked).toEqual([]);
    end.abort();
    await answered;
  });

  // Together, since most wait for as long as an answer may take.
  test.concurrent.each<[string, (question: Buffer) => Buffer | undefined, string | undefined]>([
    ['none at all', () => undefined, undefined],
    ['none to large questions', (question) => (small(question) ? echo(question) : undefined), 'Lost'],
    ['shorter ones', (question) => echo(question).subarray(0, 1000), 'Lost'],
    ['other words', () => Buffer.from('who is there?'), undefined],
    ['that it did not get back whole', (question) => (small(question) ? echo(question) : cut), 'Cut'],
  ])('%s', async (_, answer, expected) => {
    await using other = await peer(answer);
    expect(await probePath({ address: '127.0.0.1', port: other.port }, 1500, never)).toBe(expected);
  });

  test('is asked for again when it is lost once', async () => {
    let lost = false;
    const losing = (question: Buffer) => {
      if (small(question) || lost) return echo(question);
      lost = true;
      return undefined;
    };
    await using other = await peer(losing);
    expect(await probePath({ address: '127.0.0.1', port: other.port }, 1500, never)).toBe('Whole');
    expect(other.asked.slice(-2)).toEqual([1472, 1472]);
  });
});

test('packets larger than those of the own interface are refused at once', async () => {
  await using other = await peer(echo);
  expect(await probePath({ address: '127.0.0.1', port: other.port }, 65_536, never)).toBe('Cut');
});

test('nobody at the other end is no answer', async () => {
  const nobody = await peer(() => undefined);
  const { port } = nobody;
  await nobody[Symbol.asyncDispose]();
  expect(await probePath({ address: '127.0.0.1', port }, 1500, never)).toBeUndefined();
});

test('an address to which there is no way is no answer', async () => {
  expect(await probePath({ address: '255.255.255.255', port: 9 }, 1500, never)).toBeUndefined();
});

test.each([
  ['on port 0', { address: '127.0.0.1', port: 0 }],
  ['at an address to which there is no way', { address: '255.255.255.255', port: 9 }],
])('a peer %s, as a made-up sender can be, costs the others nothing', async (_, stranger) => {
  const place = { address: '127.0.0.80', port: 45_305 };
  const end = new AbortController();
  const answered = answerProbes(place, end.signal);
  answerPeer(stranger, place, end.signal);
  expect(await probePath(place, 1500, never)).toBe('Whole');
  end.abort();
  await answered;
});

test('who is told to stop stops', async () => {
  await using silent = await peer(() => undefined);
  const started = performance.now();
  expect(await probePath({ address: '127.0.0.1', port: silent.port }, 1500, AbortSignal.timeout(50))).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(1500);
});
