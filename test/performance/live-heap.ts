import { once } from 'node:events';

/** What Node's inspector answers, as far as it is read here. */
interface Reply {
  id: number;
  result?: { usedSize?: number };
  error?: { message: string };
}

/** Milliseconds for all of it. A collection of some 100 MB takes a tenth of a second. */
const limit = 30_000;

/** The flag of Node that `liveHeap` needs. The port is the kernel's choice. */
export const inspectable = '--inspect=127.0.0.1:0';

/**
 * Bytes of JavaScript objects that a process cannot do without, counted after a garbage collection. Resident memory would tell as much of
 * when V8 last collected as of the program.
 * @param log what the process, started with `inspectable`, has written to stderr so far
 * @throws Error when it cannot be asked
 */
export async function liveHeap(log: string): Promise<number> {
  const [url] = /ws:\/\/127\.0\.0\.1:\d+\/[0-9a-f-]+/.exec(log) ?? [];
  if (url === undefined) throw new Error(`the process does not say where its inspector listens; was it started with ${inspectable}?`);
  const socket = new WebSocket(url);
  const signal = AbortSignal.timeout(limit);
  const failed = once(socket, 'error').then(() => {
    throw new Error(`nobody answers at ${url}`);
  });
  try {
    await Promise.race([once(socket, 'open', { signal }), failed]);
    await ask(socket, 1, 'HeapProfiler.collectGarbage', signal);
    const { result } = await ask(socket, 2, 'Runtime.getHeapUsage', signal);
    return result?.usedSize ?? NaN;
  } finally {
    socket.close();
  }
}

async function ask(socket: WebSocket, id: number, method: string, signal: AbortSignal): Promise<Reply> {
  const answer = once(socket, 'message', { signal });
  socket.send(JSON.stringify({ id, method }));
  const [{ data }] = (await answer) as [{ data: string }];
  // The inspector answers in order, and tells of no events that were not asked for.
  const reply = JSON.parse(data) as Reply;
  if (reply.error) throw new Error(`the inspector refuses ${method}: ${reply.error.message}`);
  return reply;
}
