import type { KubeObject } from './object.ts';
import type { ApiReply, ApiRequest, Transport, WatchReply } from './transport.ts';

type Answer = ApiReply | Error;

/** A watch's stream in a test's hands. */
export class Stream implements AsyncIterable<unknown> {
  readonly #documents: unknown[] = [];
  #over: { error?: Error } | undefined;
  #wake: (() => void) | undefined;
  /** The server that keeps the connection but ignores that the client went away. */
  deaf = false;
  /** The client went away. */
  left = false;

  push(...documents: unknown[]): void {
    this.#documents.push(...documents);
    this.#wake?.();
  }

  end(): void {
    this.#over ??= {};
    this.#wake?.();
  }

  fail(error: Error): void {
    this.#over ??= { error };
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator {
    for (;;) {
      while (this.#documents.length > 0) yield this.#documents.shift();
      if (this.#over?.error) throw this.#over.error;
      if (this.#over) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

/** A transport that answers as a test says and remembers what it was asked. */
export class ScriptedTransport implements Transport {
  readonly requests: ApiRequest[] = [];
  readonly watches: ApiRequest[] = [];
  readonly streams: Stream[] = [];
  /** Answers of `send`, in order; the last one stays. A function decides by the request. */
  answers: (Answer | ((request: ApiRequest) => Answer | Promise<Answer>))[];
  /** Refusals of the next watches; a watch without one is opened. */
  refusals: Answer[] = [];
  closed = false;

  constructor(...answers: ScriptedTransport['answers']) {
    this.answers = answers;
  }

  async send(request: ApiRequest): Promise<ApiReply> {
    this.requests.push(request);
    const next = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    const answer = typeof next === 'function' ? await next(request) : (next ?? reply(200, {}));
    if (answer instanceof Error) throw answer;
    return answer;
  }

  async watch(request: ApiRequest, signal: AbortSignal): Promise<WatchReply> {
    this.watches.push(request);
    const refused = this.refusals.shift();
    if (refused instanceof Error) throw refused;
    const stream = new Stream();
    if (refused) {
      stream.end();
      return { ...refused, events: stream };
    }
    this.streams.push(stream);
    signal.addEventListener('abort', () => {
      stream.left = true;
      if (!stream.deaf) stream.fail(new Error('aborted'));
    });
    return { ...reply(200, undefined), events: stream };
  }

  /** The stream of the newest watch. */
  get stream(): Stream {
    const stream = this.streams.at(-1);
    if (!stream) throw new Error('no watch was opened');
    return stream;
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const stream of this.streams) stream.end();
  }
}

export function reply(status: number, body: unknown, headers: Record<string, string> = {}): ApiReply {
  return { status, headers, body };
}

/** A refusal as the API server writes it. */
export function refusal(status: number, reason: string, headers: Record<string, string> = {}, more: object = {}): ApiReply {
  return reply(
    status,
    { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, message: `${reason} for a test`, code: status, ...more },
    headers,
  );
}

/** A list's reply. */
export function listOf(resourceVersion: string | number, items: KubeObject[], next?: string): ApiReply {
  return reply(200, { kind: 'List', metadata: { resourceVersion: String(resourceVersion), ...(next ? { continue: next } : {}) }, items });
}

/** A pod named `name` of namespace `default` as it was at `version`. */
export function pod(name: string, version: number, more: Partial<KubeObject['metadata']> = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', uid: `uid-${name}`, resourceVersion: String(version), ...more },
  };
}
