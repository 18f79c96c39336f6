import http from 'node:http';
import https from 'node:https';

/** What a TLS connection is made from. Text is PEM. */
export interface TlsOptions {
  ca?: string | Buffer;
  cert?: string | Buffer;
  key?: string | Buffer;
  passphrase?: string;
  rejectUnauthorized?: boolean;
  servername?: string;
}

/** Connections that are used again, idle ones kept; more at once are opened as watches and workers need them. */
const pooling = { keepAlive: true, keepAliveMsecs: 30_000, maxFreeSockets: 32, scheduling: 'lifo' } as const;

/** One keep-alive agent, made anew only when the certificates change: an agent a request would mean a TLS handshake a request. */
export class ConnectionPool {
  #current: { agent: http.Agent; tls: TlsOptions } | undefined;

  /** @param special makes the agent where a plain one will not do (a proxy) */
  agentFor(secure: boolean, tls: TlsOptions, special?: http.Agent): http.Agent {
    if (this.#current && same(this.#current.tls, tls)) return this.#current.agent;
    if (this.#current) retire(this.#current.agent);
    const agent = special ?? (secure ? new https.Agent({ ...pooling, ...tls }) : new http.Agent(pooling));
    this.#current = { agent, tls };
    return agent;
  }

  /** Closes every connection, those in use too. */
  destroy(): void {
    this.#current?.agent.destroy();
  }
}

/** Idle connections close now, those in use when their request ends. */
function retire(agent: http.Agent): void {
  Object.assign(agent, { keepAlive: false });
  for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
}

const fields = ['ca', 'cert', 'key', 'passphrase', 'rejectUnauthorized', 'servername'] as const;

function same(a: TlsOptions, b: TlsOptions): boolean {
  return fields.every((field) => a[field] === b[field] || String(a[field]) === String(b[field]));
}
