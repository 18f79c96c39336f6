import http from 'node:http';
import type { Check } from './checks.ts';
import type { Logger } from './logger.ts';
import { silentLogger } from './logger.ts';
import type { Metrics } from './metrics.ts';

export interface HealthOptions {
  /** /healthz: with one at fault the process is to be started anew. */
  live: Check[];
  /** /readyz */
  ready: Check[];
  metrics: Metrics;
  logger?: Logger;
}

interface Answer {
  status: number;
  type: string;
  text: string;
}

const plain = 'text/plain; charset=utf-8';

/** Serves /healthz, /readyz and /metrics. */
export class HealthServer {
  readonly #options: HealthOptions;
  readonly #server: http.Server;

  constructor(options: HealthOptions) {
    this.#options = options;
    this.#server = http.createServer({ requestTimeout: 5000 }, (request, response) => {
      void this.#serve(request, response);
    });
  }

  /** @returns the port, for `port` 0 the free one that was taken. @throws Error when it is not free */
  async listen(port: number, host?: string): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#server.once('error', reject);
    this.#server.listen(port, host, resolve);
    await promise;
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => {
      resolve();
    });
    this.#server.closeAllConnections();
    await promise;
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const answer = await this.#answer(request).catch((error: unknown): Answer => {
      (this.#options.logger ?? silentLogger).error({ err: error, url: request.url }, 'probe failed');
      return { status: 500, type: plain, text: 'internal error\n' };
    });
    response.writeHead(answer.status, { 'content-type': answer.type, 'cache-control': 'no-store' }).end(answer.text);
  }

  async #answer({ method, url = '/' }: http.IncomingMessage): Promise<Answer> {
    if (method !== 'GET' && method !== 'HEAD') return { status: 405, type: plain, text: 'GET only\n' };
    const { live, ready, metrics } = this.#options;
    const [path] = url.split('?');
    if (path === '/healthz') return report(live);
    if (path === '/readyz') return report(ready);
    if (path === '/metrics') return { status: 200, type: metrics.registry.contentType, text: await metrics.registry.metrics() };
    return { status: 404, type: plain, text: 'there are /healthz, /readyz and /metrics\n' };
  }
}

/** In the form of Kubernetes' own probes. */
function report(checks: Check[]): Answer {
  const results = checks.map(({ name, fault }) => ({ name, fault: fault() }));
  const lines = results.map(({ name, fault }) => (fault === undefined ? `[+] ${name}: ok` : `[-] ${name}: ${fault}`));
  const well = results.every(({ fault }) => fault === undefined);
  return { status: well ? 200 : 503, type: plain, text: `${[...lines, well ? 'ok' : 'failed'].join('\n')}\n` };
}
