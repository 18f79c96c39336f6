import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { basename } from 'node:path';
import type { Daemon } from './daemon.ts';
import { startDaemon } from './daemon.ts';
import { Lines } from './lines.ts';
import type { Report } from './messages.ts';
import { commandIn, greetingOf, longestLine, reportOf } from './messages.ts';

/** What a server starts, for whom, and where it listens. */
export interface Service {
  address: string;
  port: number;
  /** Whoever shows that he knows it is served. */
  token: string;
  /** Names of the programs that it starts, wherever its own PATH has them. */
  daemons: readonly string[];
  /** Environment of the daemons. */
  env: NodeJS.ProcessEnv;
  /** Milliseconds that a caller has to ask. */
  askLimit: number;
  /** Shows a line to people. */
  note: (line: string) => void;
}

/** After this long without a word from the caller's machine, ms, the kernel looks whether it is there; a lost one ends its daemons. */
const keepAlive = 5000;
const mostCallers = 64;

/**
 * Starts MPI daemons for callers who know the token, until `signal` aborts; then ends all of them. A daemon lives as long as its
 * caller's connection.
 * @throws the system's error when the port cannot be had
 */
export async function serve(service: Service, signal: AbortSignal): Promise<void> {
  const running = new Set<Daemon>();
  const callers = new Set<Socket>();
  const server = createServer({ keepAlive: true, keepAliveInitialDelay: keepAlive }, (socket) => {
    callers.add(socket);
    socket.on('close', () => callers.delete(socket));
    attend(socket, service, running);
  });
  server.maxConnections = mostCallers;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('close', resolve);
    server.listen({ port: service.port, host: service.address, signal });
    signal.addEventListener('abort', () => {
      void Promise.all([...running].map((daemon) => daemon.stop())).finally(() => {
        for (const socket of callers) socket.destroy();
      });
    });
  });
}

function attend(socket: Socket, service: Service, running: Set<Daemon>): void {
  const nonce = randomBytes(32).toString('hex');
  const lines = new Lines(longestLine);
  let settled = false;
  const settle = () => {
    settled = true;
    clearTimeout(late);
  };
  const refuse = (message: string) => {
    settle();
    service.note(`refused ${socket.remoteAddress}: ${message}`);
    tell(socket, { type: 'refused', message });
    socket.destroySoon();
  };
  const fail = (error: unknown) => {
    refuse(error instanceof Error ? error.message : String(error));
  };
  // In all, not since the last byte: whoever sends one now and then must not keep others out.
  const late = setTimeout(() => {
    refuse(`nothing was asked for within ${service.askLimit / 1000} s`);
  }, service.askLimit);
  socket.on('close', settle);
  socket.on('error', () => {
    // A caller that went away: 'close' follows.
  });
  socket.on('data', (piece: Buffer) => {
    if (settled) return;
    try {
      const [line] = lines.add(piece);
      if (line === undefined) return;
      settle();
      lend(socket, allowed(commandIn(line, service.token, nonce), service.daemons), service, running).catch(fail);
    } catch (error) {
      fail(error);
    }
  });
  socket.write(`${greetingOf(nonce)}\n`);
}

/** Lets a caller have a daemon, for as long as both last. @throws the system's error for a command line that it does not take */
async function lend(socket: Socket, argv: string[], { env, note }: Service, running: Set<Daemon>): Promise<void> {
  note(`starting ${argv[0]} for ${socket.remoteAddress}`);
  const daemon = startDaemon(argv, env, (report) => tell(socket, report));
  running.add(daemon);
  socket.on('drain', () => {
    daemon.more();
  });
  socket.on('close', () => {
    if (running.has(daemon)) void daemon.stop();
  });
  const report = await daemon.ended;
  running.delete(daemon);
  tell(socket, report);
  socket.destroySoon();
}

/** @returns false when no more should be told until 'drain' */
function tell(socket: Socket, report: Report): boolean {
  return socket.writable && socket.write(`${reportOf(report)}\n`);
}

/**
 * The command as it is run. A path says nothing about what is there: only the name of the program counts.
 * @throws Error saying why it is not run
 */
function allowed(argv: readonly string[] | undefined, daemons: readonly string[]): string[] {
  if (argv === undefined) throw new Error('the request does not prove that its maker knows the token of this run');
  const [path = '', ...rest] = argv;
  const name = basename(path);
  if (!daemons.includes(name)) throw new Error(`${JSON.stringify(name)} is not started here, only ${daemons.join(', ')}`);
  return [name, ...rest];
}
