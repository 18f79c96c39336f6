import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { start } from './process.ts';
import type { BackgroundProcess } from './process.ts';

const pollEvery = 50;

/** Programs that work together: they become ready, fail and end as one. */
export interface ProcessGroup {
  /** Starts a program that logs into `<name>.log` in the group's folder. */
  start(name: string, program: string, args: readonly string[]): Promise<void>;
  /**
   * Returns when `ready` says so.
   * @param limit ms
   * @throws with the last lines of the logs, when a program ends meanwhile or the limit passes
   */
  waitUntil(ready: () => Promise<boolean>, limit: number): Promise<void>;
  /**
   * Ends all of them, and returns when they have ended. At once: what they hold is thrown away, and an API server that is
   * asked to end waits 10 s and more for its watchers to go.
   */
  kill(): Promise<void>;
}

export function processGroup(folder: string): ProcessGroup {
  const members: BackgroundProcess[] = [];
  return {
    async start(name, program, args) {
      members.push(await start(name, program, args, join(folder, `${name}.log`)));
    },
    async waitUntil(ready, limit) {
      const deadline = Date.now() + limit;
      while (!(await ready())) {
        const gone = members.find((member) => member.ended() !== undefined);
        if (gone) throw new Error(`${gone.name} ended (${gone.ended()}) before it was ready; its last lines:\n${await gone.lastLines()}`);
        if (Date.now() > deadline) throw new Error(`not ready after ${limit / 1000} s\n${await logs(members)}`);
        await sleep(pollEvery);
      }
    },
    async kill() {
      await Promise.all(members.map((member) => member.kill()));
    },
  };
}

async function logs(members: readonly BackgroundProcess[]): Promise<string> {
  const texts = await Promise.all(members.map(async (member) => `last lines of ${member.name}:\n${await member.lastLines()}`));
  return texts.join('\n');
}
