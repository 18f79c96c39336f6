import { expect, test } from '@jest/globals';
import type { ApiReply, ApiRequest, Transport } from '../../operator/kube/transport.ts';
import { AtMost } from './at-most.ts';

/** Answers when told to. */
class Slow implements Transport {
  readonly sent: string[] = [];
  readonly answers: ((reply: ApiReply | Error) => void)[] = [];

  send({ path }: ApiRequest): Promise<ApiReply> {
    this.sent.push(path);
    return new Promise((resolve, reject) => {
      this.answers.push((reply) => {
        if (reply instanceof Error) reject(reply);
        else resolve(reply);
      });
    });
  }

  watch(): Promise<never> {
    this.sent.push('watch');
    return new Promise(() => undefined);
  }

  async close(): Promise<void> {
    this.sent.push('close');
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const ok: ApiReply = { status: 200, headers: {}, body: {} };

test('no more than allowed are on the way, the others in their order', async () => {
  const slow = new Slow();
  const transport = new AtMost(slow, 2);
  const replies = ['a', 'b', 'c', 'd'].map((path) => transport.send({ method: 'GET', path }));
  await turn();
  expect(slow.sent).toEqual(['a', 'b']);
  slow.answers[1]?.(ok);
  await turn();
  expect(slow.sent).toEqual(['a', 'b', 'c']);
  slow.answers[0]?.(ok);
  slow.answers[2]?.(ok);
  await turn();
  expect(slow.sent).toEqual(['a', 'b', 'c', 'd']);
  slow.answers[3]?.(ok);
  expect(await Promise.all(replies)).toEqual([ok, ok, ok, ok]);
});

test('a request that fails makes room, too', async () => {
  const slow = new Slow();
  const transport = new AtMost(slow, 1);
  const failed = expect(transport.send({ method: 'GET', path: 'a' })).rejects.toThrow('gone');
  const next = transport.send({ method: 'GET', path: 'b' });
  slow.answers[0]?.(new Error('gone'));
  await failed;
  await turn();
  slow.answers[1]?.(ok);
  expect(await next).toEqual(ok);
});

test('watches and the end do not wait', async () => {
  const slow = new Slow();
  const transport = new AtMost(slow, 1);
  void transport.send({ method: 'GET', path: 'a' });
  void transport.watch({ method: 'GET', path: 'b' }, new AbortController().signal);
  await transport.close();
  expect(slow.sent).toEqual(['a', 'watch', 'close']);
});
