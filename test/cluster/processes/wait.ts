import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines } from '../text.ts';
import { alive } from './identity.ts';
import type { ServiceRecord } from './service.ts';

export interface Wait {
  /** What is waited for, for people, e.g. `the API server`. */
  readonly what: string;
  /** Services that it takes: when one ends meanwhile the wait is over. The first one's log is quoted when time runs out. */
  readonly needs: readonly ServiceRecord[];
  /** ms */
  readonly within: number;
  /** ms between two questions */
  readonly every: number;
  readonly signal: AbortSignal;
}

/** Returns when `ready` says so. @throws with the last lines of the log that should tell why not, or if the signal is aborted */
export async function waitFor({ what, needs, within, every, signal }: Wait, ready: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + within;
  for (;;) {
    signal.throwIfAborted();
    const ended = needs.find((record) => !alive(record.process));
    if (ended) throw new Error(`waiting for ${what}: ${ended.name} has ended; ${await end(ended)}`);
    if (await ready()) return;
    if (Date.now() > deadline) {
      const quoted = await Promise.all(needs.slice(0, 1).map(end));
      throw new Error([`waited ${within / 1000} s for ${what}`, ...quoted].join('; '));
    }
    await sleep(every);
  }
}

async function end({ log }: ServiceRecord): Promise<string> {
  return `the last lines of ${log}:\n${lastLines(await readFile(log, 'utf8'), 15)}`;
}
