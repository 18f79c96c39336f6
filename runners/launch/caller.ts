import { connect } from 'node:net';
import { constants } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Call } from './call.ts';
import { Lines } from './lines.ts';
import type { Report } from './messages.ts';
import { longestLine, nonceIn, reportIn, requestOf } from './messages.ts';

/** Who is called. */
export interface Callee {
  port: number;
  token: string;
  /** Milliseconds to reach the server in all. */
  reachLimit: number;
}

/** Milliseconds between two tries. */
const pause = 250;
/** Milliseconds that one try has until the server has greeted. */
const greetingLimit = 5000;
const keepAlive = 5000;
/** What remote shells say of their own faults. */
const ownFault = 255;

/** Where a daemon's output goes. */
export interface Sink {
  out: (data: Buffer) => void;
  err: (data: Buffer | string) => void;
}

/**
 * Has a daemon started on another machine and waits for its end.
 * @returns its exit code; 255 where it could not be started or the connection broke, with the reason in `err`
 */
export async function call({ host, argv }: Call, { port, token, reachLimit }: Callee, sink: Sink): Promise<number> {
  const end = performance.now() + reachLimit;
  for (;;) {
    const limit = Math.min(greetingLimit, end - performance.now());
    const outcome = await attempt({ host, port, limit }, (nonce) => requestOf(argv, token, nonce), sink);
    if (typeof outcome === 'number') return outcome;
    if (!outcome.again || performance.now() + pause > end) {
      sink.err(`assay-launch: ${outcome.reason}: ${host} port ${port}: ${outcome.message}\n`);
      return ownFault;
    }
    await delay(pause);
  }
}

interface Fault {
  reason: 'PeerUnreachable' | 'ToolFailed';
  message: string;
  /** Whether another try makes sense: nothing was asked for yet. */
  again: boolean;
}

interface Attempt {
  host: string;
  port: number;
  /** Milliseconds until the server must have greeted. */
  limit: number;
}

function attempt({ host, port, limit }: Attempt, requestFor: (nonce: string) => string, sink: Sink): Promise<number | Fault> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, keepAlive: true, keepAliveInitialDelay: keepAlive });
    const lines = new Lines(longestLine);
    let asked = false;
    const done = (outcome: number | Fault) => {
      clearTimeout(late);
      socket.destroy();
      resolve(outcome);
    };
    const lost = (message: string) => {
      done({ reason: 'PeerUnreachable', message, again: !asked });
    };
    const take = (line: string) => {
      if (asked) {
        const report = reportIn(line);
        if (report === undefined) lost('what came is no report of a launch server');
        else deliver(report, sink, done);
        return;
      }
      const nonce = nonceIn(line);
      if (nonce === undefined) {
        lost('what answers there is no launch server');
        return;
      }
      asked = true;
      clearTimeout(late);
      socket.write(`${requestFor(nonce)}\n`);
    };
    const late = setTimeout(() => {
      lost(`no greeting within ${Math.round(limit)} ms`);
    }, limit);
    socket.on('data', (piece: Buffer) => {
      try {
        lines.add(piece).forEach(take);
      } catch (error) {
        lost(String(error));
      }
    });
    socket.on('error', (error) => {
      lost(error.message);
    });
    socket.on('close', () => {
      lost(asked ? 'the connection broke before the daemon ended' : 'it closed the connection without a greeting');
    });
  });
}

function deliver(report: Report, { out, err }: Sink, done: (outcome: number | Fault) => void): void {
  switch (report.type) {
    case 'out':
      out(report.data);
      break;
    case 'err':
      err(report.data);
      break;
    case 'exit':
      done(report.code);
      break;
    case 'signal':
      done(128 + (Object.entries(constants.signals).find(([name]) => name === report.name)?.[1] ?? 0));
      break;
    case 'refused':
      done({ reason: 'ToolFailed', message: `refused: ${report.message}`, again: false });
      break;
  }
}
