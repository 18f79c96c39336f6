import { afterEach, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { messageOf } from './errors.ts';
import { HttpsTransport } from './https-transport.ts';
import type { Credentials, HttpsTransportOptions } from './https-transport.ts';
import type { ApiRequest } from './transport.ts';

// Self-signed for 127.0.0.1; they protect nothing.
const file = (name: string) => readFileSync(join(import.meta.dirname, 'testdata', name));
const certificates = { a: { cert: file('a.crt'), key: file('a.key') }, b: { cert: file('b.crt'), key: file('b.key') } };

type Handler = (request: http.IncomingMessage, response: http.ServerResponse, body: string) => void;

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const get: ApiRequest = { method: 'GET', path: '/api/v1/pods' };
const json = (response: http.ServerResponse, body: unknown, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** A server on a free port of 127.0.0.1; `connections` are those it accepted. */
async function serve(handler: Handler, tls?: keyof typeof certificates) {
  const connections = new Set<Socket>();
  const listener: http.RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      handler(request, response, Buffer.concat(chunks).toString());
    });
  };
  const server = tls ? https.createServer(certificates[tls], listener) : http.createServer(listener);
  server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => connections.add(socket));
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => {
    server.once('listening', resolve);
  });
  ends.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  );
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`, connections };
}

function connect(
  server: string,
  credentials: Partial<Credentials> | (() => Partial<Credentials>) = {},
  options: HttpsTransportOptions = {},
) {
  const current = typeof credentials === 'function' ? credentials : () => credentials;
  const transport = new HttpsTransport({ server, credentials: async () => ({ headers: {}, tls: {}, ...current() }) }, options);
  ends.push(() => transport.close());
  return transport;
}

describe('send', () => {
  test('carries method, path, query, body and credentials', async () => {
    const seen: unknown[] = [];
    const { url } = await serve(({ method, url: target, headers }, response, body) => {
      seen.push(method, target, headers['content-type'], headers.authorization, JSON.parse(body));
      json(response, { ok: true }, 201);
    });
    const reply = await connect(`${url}/prefix/`, { headers: { authorization: 'Bearer token' } }).send({
      method: 'PATCH',
      path: '/apis/x',
      query: { labelSelector: 'a=b,c in (d)' },
      body: { text: 'grüße' },
      contentType: 'application/merge-patch+json',
    });
    expect(seen).toEqual([
      'PATCH',
      '/prefix/apis/x?labelSelector=a%3Db%2Cc+in+%28d%29',
      'application/merge-patch+json',
      'Bearer token',
      { text: 'grüße' },
    ]);
    expect([reply.status, reply.body]).toEqual([201, { ok: true }]);
  });

  test('any status is a reply, with its headers', async () => {
    const { url } = await serve((_, response) =>
      response.writeHead(429, { 'retry-after': '3', 'content-type': 'text/plain' }).end('slow down'),
    );
    expect(await connect(url).send(get)).toMatchObject({ status: 429, headers: { 'retry-after': '3' }, body: 'slow down' });
  });

  test("a pod's log is text, even when it is one JSON document", async () => {
    const { url } = await serve((_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('{"a":1}'));
    expect((await connect(url).send(get)).body).toBe('{"a":1}');
  });

  test('asks for credentials every time, because tokens expire', async () => {
    const seen: unknown[] = [];
    const { url } = await serve(({ headers }, response) => {
      seen.push(headers.authorization);
      json(response, {});
    });
    let token = 0;
    const transport = connect(url, () => ({ headers: { authorization: `Bearer ${++token}` } }));
    await transport.send(get);
    await transport.send(get);
    expect(seen).toEqual(['Bearer 1', 'Bearer 2']);
  });
});

describe('connections', () => {
  test('are used again', async () => {
    const { url, connections } = await serve((_, response) => json(response, {}), 'a');
    const transport = connect(url, { tls: { ca: certificates.a.cert } });
    for (let n = 0; n < 20; n++) await transport.send(get);
    expect(connections.size).toBe(1);
  });

  test('are made anew when a certificate changes, and the old ones closed', async () => {
    const { url, connections } = await serve((_, response) => json(response, {}), 'a');
    let tls: Credentials['tls'] = { ca: certificates.a.cert };
    const transport = connect(url, () => ({ tls }));
    await transport.send(get);
    tls = { ca: certificates.a.cert, ...certificates.b };
    await transport.send(get);
    await transport.send(get);
    const [first] = connections;
    await new Promise((resolve) => {
      if (first?.closed) resolve(undefined);
      else first?.once('close', resolve);
    });
    expect([connections.size, first?.destroyed]).toEqual([2, true]);
  });

  test('the same certificate read again is the same', async () => {
    const { url, connections } = await serve((_, response) => json(response, {}), 'a');
    const transport = connect(url, () => ({ tls: { ca: Buffer.from(certificates.a.cert) } }));
    await transport.send(get);
    await transport.send(get);
    expect(connections.size).toBe(1);
  });

  test('to a server that is not trusted are refused', async () => {
    const { url } = await serve((_, response) => json(response, {}), 'a');
    await expect(connect(url, { tls: { ca: certificates.b.cert } }).send(get)).rejects.toThrow('self-signed');
  });

  test('close ends requests that wait, and later ones', async () => {
    const { url } = await serve(() => undefined);
    const transport = connect(url);
    const waiting = transport.send(get);
    const failed = expect(waiting).rejects.toThrow();
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    await transport.close();
    await failed;
    await expect(transport.send(get)).rejects.toThrow('the transport is closed');
  });
});

describe('no reply', () => {
  test.each<[string, Handler, HttpsTransportOptions, string]>([
    ['a reset', (_, response) => response.destroy(), {}, 'socket hang up'],
    ['silence before the reply', () => undefined, { silenceTimeout: 30 }, 'was silent for 0.03 s'],
    ['silence within the reply', (_, response) => response.write('{'), { silenceTimeout: 30 }, 'was silent for 0.03 s'],
    [
      'a reply that is cut',
      (_, response) => response.writeHead(200, { 'content-length': 10 }).write('{', () => response.destroy()),
      {},
      'aborted',
    ],
    ['JSON that is none', (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":'), {}, 'JSON'],
    ['too large a reply', (_, response) => json(response, 'x'.repeat(5000)), { maxBody: 1000 }, 'larger than 1000 bytes'],
  ])('%s', async (_, handler, options, message) => {
    const { url } = await serve(handler);
    await expect(connect(url, {}, options).send(get)).rejects.toThrow(message);
  });

  test('nobody listens', async () => {
    await expect(connect('http://127.0.0.1:1').send(get)).rejects.toThrow('ECONNREFUSED');
  });

  test('a server that accepts but never speaks TLS', async () => {
    const { url } = await serve(() => undefined);
    const transport = connect(url.replace('http:', 'https:'), {}, { connectTimeout: 30 });
    await expect(transport.send(get)).rejects.toThrow(/no connection to 127.0.0.1:\d+ within 0.03 s|wrong version number|packet length/);
  });

  test('the caller gives up', async () => {
    const { url } = await serve(() => undefined);
    await expect(connect(url).send(get, AbortSignal.timeout(20))).rejects.toThrow('aborted');
  });
});

/** What a watch gave, and how it ended. */
async function watch(handler: Handler, options: HttpsTransportOptions = {}, signal = new AbortController().signal): Promise<unknown[]> {
  const { url } = await serve(handler);
  const seen: unknown[] = [];
  try {
    const reply = await connect(url, {}, options).watch(get, signal);
    seen.push(reply.status);
    for await (const document of reply.events) seen.push(document);
  } catch (error) {
    seen.push(messageOf(error));
  }
  return seen;
}

const cut: Handler = (_, response) => response.write('{"n":1}\n', () => setTimeout(() => response.destroy(), 20));
const slow: Handler = (_, response) => {
  response.flushHeaders();
  setTimeout(() => response.end('{"n":1}\n'), 80);
};

describe('watch', () => {
  test('yields a document a line and ends with the server', async () => {
    expect(await watch((_, response) => response.end('{"n":1}\n{"n":2}\n'))).toEqual([200, { n: 1 }, { n: 2 }]);
  });

  test('throws when the connection breaks', async () => {
    expect(await watch(cut)).toEqual([200, { n: 1 }, 'aborted']);
  });

  test('gives the Status of a refusal', async () => {
    const { url } = await serve((_, response) => json(response, { kind: 'Status', code: 410 }, 410));
    const reply = await connect(url).watch(get, new AbortController().signal);
    expect([reply.status, reply.body]).toEqual([410, { kind: 'Status', code: 410 }]);
    for await (const document of reply.events) throw new Error(`no event expected: ${String(document)}`);
  });

  test('silence is no fault once it is open', async () => {
    expect(await watch(slow, { silenceTimeout: 30 })).toEqual([200, { n: 1 }]);
  });

  test('ends when the caller aborts', async () => {
    const seen = await watch((_, response) => response.write('{"n":1}\n'), {}, AbortSignal.timeout(50));
    expect(seen).toEqual([200, { n: 1 }, expect.stringContaining('abort')]);
  });

  test('a line without end is not kept', async () => {
    expect(await watch((_, response) => response.end('x'.repeat(5000)), { maxLine: 1000 })).toEqual([
      200,
      'a line is longer than 1000 bytes',
    ]);
  });

  test('closing the connection reaches the server', async () => {
    let closed: (() => void) | undefined;
    const gone = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const { url } = await serve((_, response) => {
      response.on('close', () => closed?.());
      response.flushHeaders();
    });
    const controller = new AbortController();
    await connect(url).watch(get, controller.signal);
    controller.abort();
    await expect(gone).resolves.toBeUndefined();
  });
});
