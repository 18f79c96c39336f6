import type { ApiReply, ApiRequest, Transport, WatchReply } from '../../operator/kube/transport.ts';

/** A way to the API server with at most so many requests on it, the others waiting in their order. Watches are not counted. */
export class AtMost implements Transport {
  readonly #inner: Transport;
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(inner: Transport, limit: number) {
    this.#inner = inner;
    this.#free = limit;
  }

  async send(request: ApiRequest, signal?: AbortSignal): Promise<ApiReply> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await this.#inner.send(request, signal);
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }

  watch(request: ApiRequest, signal: AbortSignal): Promise<WatchReply> {
    return this.#inner.watch(request, signal);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}
