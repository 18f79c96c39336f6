import { once } from 'node:events';
import { createServer } from 'node:net';

// Below the range from which systems give ports to outgoing connections (Linux: 32768 and up): a port found free here
// stays free until the program that it is for listens.
const first = 20_000;
const last = 32_000;
const tries = 100;

const given = new Set<number>();

/** A port of 127.0.0.1 that nobody listens on, a different one each time. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < tries; tried++) {
    const port = first + Math.floor(Math.random() * (last - first));
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error(`none of ${tries} ports between ${first} and ${last} was free`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
