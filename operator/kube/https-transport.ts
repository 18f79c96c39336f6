import http from 'node:http';
import https from 'node:https';
import { ConnectionPool } from './connection-pool.ts';
import type { TlsOptions } from './connection-pool.ts';
import { lines } from './lines.ts';
import type { ApiReply, ApiRequest, Transport, WatchReply } from './transport.ts';

/** How to prove who we are, as of now. */
export interface Credentials {
  headers: Record<string, string>;
  tls: TlsOptions;
  /** Where the way to the server needs one of its own (a proxy). */
  agent?: http.Agent;
}

/** Where an API server is and how to be let in. */
export interface ServerAccess {
  /** URL, with a path where the server is behind a gateway. */
  readonly server: string;
  /** Asked for every request: tokens expire. */
  credentials(): Promise<Credentials>;
}

export interface HttpsTransportOptions {
  /** Longest time to connect, ms. */
  connectTimeout?: number;
  /** Longest silence while a reply is awaited or read, ms; watches only until they begin. */
  silenceTimeout?: number;
  /** Largest reply, bytes. */
  maxBody?: number;
  /** Longest line of a watch, bytes. etcd stores at most 1.5 MiB an object. */
  maxLine?: number;
}

const mebi = 1024 * 1024;

/** The way to a real API server: HTTP/1.1 over one pool of connections. Plain HTTP too, for proxies on the same machine. */
export class HttpsTransport implements Transport {
  readonly #access: ServerAccess;
  readonly #base: URL;
  readonly #options: Required<HttpsTransportOptions>;
  readonly #pool = new ConnectionPool();
  #closed = false;

  constructor(access: ServerAccess, options: HttpsTransportOptions = {}) {
    this.#access = access;
    this.#base = new URL(access.server);
    this.#options = { connectTimeout: 10_000, silenceTimeout: 60_000, maxBody: 64 * mebi, maxLine: 16 * mebi, ...options };
  }

  async send(request: ApiRequest, signal?: AbortSignal): Promise<ApiReply> {
    const response = await this.#open(request, signal);
    return await this.#read(response);
  }

  async watch(request: ApiRequest, signal: AbortSignal): Promise<WatchReply> {
    const response = await this.#open(request, signal);
    if (response.statusCode !== 200) return { ...(await this.#read(response)), events: nothing() };
    response.setTimeout(0);
    return { status: 200, headers: headersOf(response), body: undefined, events: documents(response, this.#options.maxLine) };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#pool.destroy();
  }

  async #open(request: ApiRequest, signal?: AbortSignal): Promise<http.IncomingMessage> {
    const { headers, tls, agent } = await this.#access.credentials();
    signal?.throwIfAborted();
    if (this.#closed) throw new Error('the transport is closed');
    const secure = this.#base.protocol === 'https:';
    const body = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body));
    const { connectTimeout, silenceTimeout } = this.#options;
    return await new Promise((resolve, reject) => {
      const outgoing = (secure ? https : http).request(this.#url(request), {
        method: request.method,
        agent: this.#pool.agentFor(secure, tls, agent),
        headers: {
          accept: 'application/json',
          'user-agent': 'assay',
          ...headers,
          ...(body ? { 'content-type': request.contentType ?? 'application/json', 'content-length': body.length } : {}),
        },
        ...(signal ? { signal } : {}),
      });
      const connecting = setTimeout(() => {
        outgoing.destroy(new Error(`no connection to ${this.#base.host} within ${connectTimeout / 1000} s`));
      }, connectTimeout);
      const connected = () => {
        clearTimeout(connecting);
      };
      outgoing.once('socket', (socket) => {
        // Between two requests nobody listens, and a pooled socket that fails just then would end the process.
        if (!socket.listeners('error').includes(ignored)) socket.on('error', ignored);
        if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', connected);
        else connected();
      });
      outgoing.once('close', connected);
      let incoming: http.IncomingMessage | undefined;
      outgoing.setTimeout(silenceTimeout, () => {
        (incoming ?? outgoing).destroy(new Error(`${this.#base.host} was silent for ${silenceTimeout / 1000} s`));
      });
      outgoing.on('error', reject);
      outgoing.once('response', (response) => {
        incoming = response;
        resolve(response);
      });
      outgoing.end(body);
    });
  }

  #url({ path, query }: ApiRequest): URL {
    const search = query && Object.keys(query).length > 0 ? `?${new URLSearchParams(query).toString()}` : '';
    return new URL(`${this.#base.pathname.replace(/\/$/, '')}${path}${search}`, this.#base);
  }

  async #read(response: http.IncomingMessage): Promise<ApiReply> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of response) {
      length += chunk.length;
      if (length > this.#options.maxBody) throw new Error(`the reply is larger than ${this.#options.maxBody} bytes; ask for less at once`);
      chunks.push(chunk);
    }
    const text = Buffer.concat(chunks).toString('utf8');
    const headers = headersOf(response);
    const json = headers['content-type']?.includes('json') ?? false;
    return { status: response.statusCode ?? 0, headers, body: json ? JSON.parse(text) : text };
  }
}

function ignored(): void {
  // The request that uses the socket, if any, has heard of it.
}

async function* documents(response: http.IncomingMessage, maxLine: number): AsyncGenerator {
  for await (const line of lines(response, maxLine)) yield JSON.parse(line);
}

async function* nothing(): AsyncGenerator<never> {
  // A watch that was refused has no events.
}

function headersOf(response: http.IncomingMessage): Record<string, string> {
  const entries = Object.entries(response.headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)]));
}
