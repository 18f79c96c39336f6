import { describe, expect, test } from '@jest/globals';
import type { ApiReply, ApiRequest, Transport, WatchReply } from '../../../operator/kube/transport.ts';
import { FaultyTransport } from './faulty-transport.ts';
import { script } from './fault.ts';
import type { Seen } from './fault.ts';

async function* twoEvents(): AsyncGenerator {
  yield 'first';
  yield 'second';
}

/** A server that answers everything and counts. */
class Calm implements Transport {
  sent = 0;
  watched = 0;
  closed = false;

  send(): Promise<ApiReply> {
    this.sent += 1;
    return Promise.resolve({ status: 200, headers: {}, body: 'well' });
  }

  watch(): Promise<WatchReply> {
    this.watched += 1;
    return Promise.resolve({ status: 200, headers: {}, body: undefined, events: twoEvents() });
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

const get: ApiRequest = { method: 'GET', path: '/api/v1/pods' };
const post: ApiRequest = { method: 'POST', path: '/api/v1/pods' };
const forever = new AbortController().signal;

async function all(events: AsyncIterable<unknown>): Promise<unknown[]> {
  const seen: unknown[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

describe('a faulty transport', () => {
  test('answers in place of the server, with Retry-After where that is asked for', async () => {
    const calm = new Calm();
    const faulty = new FaultyTransport(calm, script({ list: [{ type: 'Status', code: 429, retryAfterSeconds: 3 }] }));
    expect(await faulty.send(get)).toMatchObject({
      status: 429,
      headers: { 'retry-after': '3' },
      body: { kind: 'Status', reason: 'TooManyRequests', code: 429, details: { retryAfterSeconds: 3 } },
    });
    expect(calm.sent).toBe(0);
  });

  test('breaks the connection before the server hears of the request', async () => {
    const calm = new Calm();
    await expect(new FaultyTransport(calm, () => ({ type: 'Reset' })).send(post)).rejects.toThrow('ECONNRESET');
    expect(calm.sent).toBe(0);
  });

  test('stays silent until the caller gives up', async () => {
    const stop = new AbortController();
    const sent = new FaultyTransport(new Calm(), () => ({ type: 'Stall' })).send(get, stop.signal);
    stop.abort(new Error('enough'));
    await expect(sent).rejects.toThrow('aborted');
  });

  test('refuses a watch with no events', async () => {
    const calm = new Calm();
    const reply = await new FaultyTransport(calm, () => ({ type: 'Status', code: 410 })).watch(get, forever);
    expect(reply).toMatchObject({ status: 410, body: { reason: 'Expired' } });
    expect(await all(reply.events)).toEqual([]);
    expect(calm.watched).toBe(0);
  });

  test('lets a watch begin before it breaks within', async () => {
    const calm = new Calm();
    const reply = await new FaultyTransport(calm, () => ({ type: 'Close', after: 1 })).watch(get, forever);
    expect(await all(reply.events)).toEqual(['first']);
    expect(calm.watched).toBe(1);
  });

  test('counts each verb by itself and knows later pages', async () => {
    const seen: Seen[] = [];
    const faulty = new FaultyTransport(new Calm(), (one) => {
      seen.push(one);
      return undefined;
    });
    await faulty.send(get);
    await faulty.send({ ...get, query: { continue: 'x' } });
    await faulty.send(post);
    await faulty.watch(get, forever);
    expect(seen).toEqual([
      { verb: 'list', count: 0, continued: false },
      { verb: 'list', count: 1, continued: true },
      { verb: 'other', count: 0, continued: false },
      { verb: 'watch', count: 0, continued: false },
    ]);
  });

  test('passes on what meets no fault, and tells what did', async () => {
    const calm = new Calm();
    const faulty = new FaultyTransport(calm, script({ list: [undefined, { type: 'Reset' }] }));
    expect((await faulty.send(get)).body).toBe('well');
    await expect(faulty.send(get)).rejects.toThrow('ECONNRESET');
    expect((await faulty.send(get)).body).toBe('well');
    expect(faulty.injected).toEqual([{ type: 'Reset' }]);
    await faulty.close();
    expect(calm.closed).toBe(true);
  });
});
