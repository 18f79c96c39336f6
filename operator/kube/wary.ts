import type { Clock, Instant } from './clock.ts';
import { systemClock } from './clock.ts';
import { ApiError } from './errors.ts';
import type { ApiReply, Transport } from './transport.ts';

/**
 * Does not believe a 401 or 403 that comes soon after the server was away, or soon after the start: an API server that has just
 * begun to serve refuses what it will allow once it knows roles and tokens. Such a reply becomes a 503, which says to try again.
 * @param doubt ms after the last sign of trouble
 */
export function wary(transport: Transport, clock: Clock = systemClock, doubt = 30_000): Transport {
  let trouble: Instant = clock.now();
  const noteAndThrow = (error: unknown): never => {
    trouble = clock.now();
    throw error;
  };
  const checked = async <R extends ApiReply>(asked: Promise<R>): Promise<R> => {
    const reply = await asked.catch(noteAndThrow);
    if (reply.status === 503) trouble = clock.now();
    const isRefusal = reply.status === 401 || reply.status === 403;
    return isRefusal && clock.now() < trouble + doubt ? { ...reply, status: 503, body: doubted(reply) } : reply;
  };
  return {
    send: (request, signal) => checked(transport.send(request, signal)),
    watch: (request, signal) => checked(transport.watch(request, signal)),
    close: () => transport.close(),
  };
}

function doubted({ status, body, headers }: ApiReply): object {
  const { message } = ApiError.from(status, body, headers);
  return {
    kind: 'Status',
    status: 'Failure',
    reason: 'ServiceUnavailable',
    code: 503,
    message: `not believed so soon after the server was away or this process began: ${message}`,
  };
}
