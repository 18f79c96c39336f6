import { once } from 'node:events';
import http from 'node:http';
import { text } from 'node:stream/consumers';
import type { ApiReply, ApiRequest, Transport } from '../../operator/kube/transport.ts';

export interface FaultProxy {
  /** URL to use as the API server's. */
  server: string;
  close(): Promise<void>;
}

/**
 * Serves a transport over plain HTTP on a free port of 127.0.0.1. A transport that throws becomes a connection that is reset; one
 * that stays silent a connection that stays open: so the faults of a FaultyTransport reach a client through real sockets.
 */
export async function startFaultProxy(transport: Transport): Promise<FaultProxy> {
  const server = http.createServer((incoming, outgoing) => {
    // The client sees a broken connection whatever the reason was.
    serve(transport, incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    server: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function serve(transport: Transport, incoming: http.IncomingMessage, outgoing: http.ServerResponse): Promise<void> {
  const gone = new AbortController();
  outgoing.once('close', () => {
    gone.abort(new Error('the client is gone'));
  });
  const request = await requestOf(incoming);
  if (request.query?.['watch'] === undefined) {
    answer(outgoing, await transport.send(request, gone.signal));
    return;
  }
  const reply = await transport.watch(request, gone.signal);
  if (reply.status !== 200) {
    answer(outgoing, reply);
    return;
  }
  outgoing.writeHead(200, { 'content-type': 'application/json' });
  outgoing.flushHeaders();
  for await (const event of reply.events) await written(outgoing, `${JSON.stringify(event)}\n`);
  outgoing.end();
}

/** A connection that is destroyed loses what it has not sent: an event before a fault must be out. */
async function written(outgoing: http.ServerResponse, line: string): Promise<void> {
  await new Promise((resolve) => {
    outgoing.write(line, resolve);
  });
}

const methods: ApiRequest['method'][] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

async function requestOf(incoming: http.IncomingMessage): Promise<ApiRequest> {
  const url = new URL(incoming.url ?? '/', 'http://proxy');
  const body = await text(incoming);
  const contentType = incoming.headers['content-type'];
  return {
    method: methods.find((method) => method === incoming.method) ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    ...(body && { body: JSON.parse(body) as unknown }),
    ...(contentType && { contentType }),
  };
}

function answer(outgoing: http.ServerResponse, { status, headers, body }: ApiReply): void {
  const content = typeof body === 'string' ? body : JSON.stringify(body);
  const { 'content-length': _length, 'transfer-encoding': _encoding, connection: _connection, ...kept } = headers;
  outgoing.writeHead(status, kept).end(content);
}
