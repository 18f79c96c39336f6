import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';

import type { Listener } from '../task.ts';
import { answerProbes } from './path-answer.ts';
import { pause } from './pause.ts';
import type { SocketTables } from './sockets.ts';
import { listens } from './sockets.ts';

/** What a ready agent says: a proxy in between may accept a connection for a peer that is not there. */
export const readyWord = 'assay ready\n';

const shortest = 20;
const longest = 500;

/** How an agent knows that its tool listens, and where it tells so. */
export interface Readiness {
  listening: () => boolean | Promise<boolean>;
  readyPort: number;
  /** The pod's own address. */
  address: string;
  /** Whether peers may check there how large packets can be on their way. */
  answersProbes?: boolean;
}

/**
 * Waits until the tool listens and from then on tells every caller on `readyPort`, until `signal` aborts.
 * @throws the system's error when `readyPort` cannot be had
 */
export async function announce({ listening, readyPort, address, answersProbes = false }: Readiness, signal: AbortSignal): Promise<void> {
  // Each look reads the whole table, which is long on a busy host network.
  for (let wait = shortest; !(await listening()); wait = Math.min(wait * 1.5, longest)) {
    await pause(wait, signal);
    if (signal.aborted) return;
  }
  await Promise.all([
    answersProbes ? answerProbes({ address, port: readyPort }, signal) : undefined,
    new Promise<void>((resolve, reject) => {
      const server = createServer((socket) => {
        socket.on('error', () => {
          // A caller that went away does not matter: it calls again.
        });
        socket.end(readyWord);
      });
      server.once('error', reject);
      server.once('close', resolve);
      server.listen({ port: readyPort, host: address, signal });
    }),
  ]);
}

/** Whether a tool listens there, as the kernel's socket tables show it. */
export async function isListening(listener: Listener, address: string): Promise<boolean> {
  return listens(listener, address, await socketTables());
}

/** The socket tables of this network namespace, one that cannot be read as empty. */
export async function socketTables(): Promise<SocketTables> {
  const [tcp, tcp6, udp, udp6] = await Promise.all(
    ['tcp', 'tcp6', 'udp', 'udp6'].map((name) => readFile(`/proc/self/net/${name}`, 'latin1').catch(() => '')),
  );
  return { tcp: tcp ?? '', tcp6: tcp6 ?? '', udp: udp ?? '', udp6: udp6 ?? '' };
}
