import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const pollEvery = 500;

/**
 * Runs `task` when no other process on this machine holds the lock.
 * @param limit ms to wait for it
 * @throws when it is held longer
 */
export async function locked<T>(name: string, limit: number, report: (line: string) => void, task: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + limit;
  // A socket without a file: the kernel gives it up with the process, however that ends.
  const server = createServer();
  for (let tried = 0; !(await listens(server, `\0${name}`)); tried++) {
    if (tried === 0) report(`waiting for another process that holds ${name}`);
    if (Date.now() > deadline) throw new Error(`another process has held ${name} for ${limit / 1000} s; end it or wait, then try again`);
    await sleep(pollEvery);
  }
  try {
    return await task();
  } finally {
    server.close();
  }
}

async function listens(server: ReturnType<typeof createServer>, path: string): Promise<boolean> {
  try {
    await once(server.listen(path), 'listening');
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  }
}
