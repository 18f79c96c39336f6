import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import type { Pair } from './authority.ts';

const answerWithin = 5_000;

/** Who asks, and whom it trusts. All paths of PEM files. */
export interface Asker extends Pair {
  readonly certificateAuthority: string;
}

/** A question to a server: whether all of its paths answer with 200. No answer within 5 s is a no. */
export async function answering(server: string, paths: readonly string[], asker: Asker): Promise<() => Promise<boolean>> {
  const [ca, cert, key] = await Promise.all([asker.certificateAuthority, asker.certificate, asker.key].map((path) => readFile(path)));
  const options = { ca, cert, key, agent: false, timeout: answerWithin } as const;
  const ask = (path: string) =>
    new Promise<boolean>((resolve) => {
      const asked = request(new URL(path, server), options, (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      });
      asked.once('timeout', () => asked.destroy(new Error('no answer')));
      asked.once('error', () => {
        resolve(false);
      });
      asked.end();
    });
  return async () => {
    for (const path of paths) if (!(await ask(path))) return false;
    return true;
  };
}
