import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { Report } from './messages.ts';
import { kill, killSession } from './session.ts';

/** Milliseconds between asking a daemon to end and ending it; less than an agent gives its tool. */
const grace = 1000;

/** A daemon that was started. */
export interface Daemon {
  /** Lets more of its output come, after a pause. */
  more(): void;
  /** How it ended. Whatever it had started is gone by then. */
  ended: Promise<Extract<Report, { type: 'exit' | 'signal' | 'refused' }>>;
  /** Ends it and all that it started. */
  stop(): Promise<void>;
}

/**
 * Starts a daemon in a session of its own.
 * @param say gets its output; false from it means: no more until `more` is called
 */
export function startDaemon(argv: readonly string[], env: NodeJS.ProcessEnv, say: (report: Report) => boolean): Daemon {
  const [program = '', ...rest] = argv;
  const child = spawn(program, rest, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  for (const [type, stream] of [['out', child.stdout] as const, ['err', child.stderr] as const]) {
    stream.on('data', (data: Buffer) => {
      if (!say({ type, data })) stream.pause();
    });
  }
  const exited = new Promise<Awaited<Daemon['ended']>>((resolve) => {
    child.once('close', (code, signal) => {
      resolve(signal === null ? { type: 'exit', code: code ?? 255 } : { type: 'signal', name: signal });
    });
    child.once('error', (error) => {
      resolve({ type: 'refused', message: `${program} cannot be started: ${error.message}` });
    });
  });
  const { pid } = child;
  if (pid === undefined) return { ended: exited, stop: () => Promise.resolve(), more: () => {} };
  // Ranks hold the pipes too: they are ended when the daemon is, so that `close` comes.
  child.once('exit', () => {
    void killSession(pid);
  });
  return {
    ended: exited,
    stop: async () => {
      kill(-pid, 'SIGTERM');
      await Promise.race([exited, delay(grace, undefined, { ref: false })]);
      await killSession(pid);
    },
    more: () => {
      child.stdout.resume();
      child.stderr.resume();
    },
  };
}
