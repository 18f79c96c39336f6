import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import { ApiError } from './errors.ts';
import type { Logger } from './logger.ts';
import { silentLogger } from './logger.ts';
import type { Transport } from './transport.ts';
import { sleep, within } from './wait.ts';

export interface FirstContact {
  /** URL, for messages. */
  server: string;
  /** How long a server that is away is asked again, ms; 0 for a person who waits for the error. */
  patience: number;
  clock?: Clock;
  logger?: Logger;
}

const limit = 10_000;
const pause = 1000;

/**
 * The API server's version, which is also the first request: a server that does not answer is said at once, or waited for.
 * @throws Error naming the server
 */
export async function serverVersion(transport: Transport, contact: FirstContact): Promise<string> {
  const { server, patience, clock = systemClock, logger = silentLogger } = contact;
  const end = clock.now() + patience;
  for (;;) {
    try {
      return await ask(transport, server, clock);
    } catch (error) {
      if (error instanceof NoApiServer || clock.now() >= end) throw error;
      logger.warn({ err: error }, 'no API server yet');
      await sleep(clock, pause);
    }
  }
}

/** Somebody answers, but will not become an API server. */
class NoApiServer extends Error {}

async function ask(transport: Transport, server: string, clock: Clock): Promise<string> {
  const request = { method: 'GET', path: '/version' } as const;
  const { status, body } = await within(clock, limit, 'GET /version', (signal) => transport.send(request, signal)).catch((error: unknown) =>
    Promise.reject(new Error(`${server} does not answer`, { cause: error })),
  );
  const version = typeof body === 'object' && body !== null && 'gitVersion' in body ? body.gitVersion : undefined;
  if (typeof version === 'string') return version;
  if (status >= 500) throw ApiError.from(status, body, {}, `${server}: GET /version`);
  throw new NoApiServer(`${server} is no Kubernetes API server: GET /version gave ${status}`);
}
