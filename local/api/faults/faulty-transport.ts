import type { ApiReply, ApiRequest, Transport, WatchReply } from '../../../operator/kube/transport.ts';
import type { Fault, FaultPlan, Seen } from './fault.ts';
import { statusOf } from './fault.ts';
import { faulty, silence } from './stream.ts';

/** A transport on which things go wrong as a plan says. */
export class FaultyTransport implements Transport {
  /** The faults so far, to see that a test met what it is about. */
  readonly injected: Fault[] = [];
  readonly #inner: Transport;
  readonly #plan: FaultPlan;
  readonly #counts = { list: 0, watch: 0, other: 0 };

  constructor(inner: Transport, plan: FaultPlan) {
    this.#inner = inner;
    this.#plan = plan;
  }

  async send(request: ApiRequest, signal?: AbortSignal): Promise<ApiReply> {
    const fault = this.#faultOf(request.method === 'GET' ? 'list' : 'other', request);
    return (await instead(fault, signal)) ?? (await this.#inner.send(request, signal));
  }

  async watch(request: ApiRequest, signal: AbortSignal): Promise<WatchReply> {
    const fault = this.#faultOf('watch', request);
    const beforeReply = fault && 'after' in fault ? undefined : fault;
    const refusal = await instead(beforeReply, signal);
    if (refusal) return { ...refusal, events: nothing() };
    const reply = await this.#inner.watch(request, signal);
    return reply.status === 200 ? { ...reply, events: faulty(reply.events, fault, signal) } : reply;
  }

  async close(): Promise<void> {
    await this.#inner.close();
  }

  #faultOf(verb: Seen['verb'], { query }: ApiRequest): Fault | undefined {
    const count = this.#counts[verb]++;
    const fault = this.#plan({ verb, count, continued: query?.['continue'] !== undefined });
    if (fault) this.injected.push(fault);
    return fault;
  }
}

/** What comes in the reply's place: a refusal, an error, nothing until the caller gives up; or undefined: ask the server. */
async function instead(fault: Fault | undefined, signal: AbortSignal | undefined): Promise<ApiReply | undefined> {
  if (fault?.type === 'Reset') throw new Error('read ECONNRESET');
  if (fault?.type === 'Stall') return await silence(signal);
  if (fault?.type !== 'Status') return undefined;
  const retryAfter = fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) };
  const headers = { 'content-type': 'application/json', ...retryAfter };
  return { status: fault.code, headers, body: statusOf(fault.code, fault.retryAfterSeconds) };
}

async function* nothing(): AsyncGenerator<never> {
  // A watch that was refused has no events.
}
