import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';

import { isPeers } from './assignment.ts';
import { pause } from './pause.ts';
import { readyWord } from './readiness.ts';
import { Refusal } from './refusal.ts';

type Peers = Readonly<Record<string, readonly string[]>>;

const interval = 100;
// One connection attempt; a peer whose packets are dropped must not use up the whole wait.
const attemptLimit = 2000;

/** Who has to be ready, and for how long to wait for all of them. */
export interface Wait {
  targets: { role: string; port: number }[];
  /** Seconds. */
  limit: number;
}

/**
 * Returns when the agents of all peers of the roles say that their tools listen.
 * @throws Refusal PeerUnreachable with the address that did not, BadTask for a role without addresses, Interrupted
 */
export async function waitForPeers({ targets, limit }: Wait, peers: Peers, signal: AbortSignal): Promise<void> {
  const end = performance.now() + limit * 1000;
  const callees = targets.flatMap(({ role, port }) => {
    const addresses = peers[role];
    if (!addresses?.length) throw new Refusal('BadTask', `no address of ${role}, which has to be waited for`);
    return addresses.map((address, index) => ({ address, port, name: `${role} ${index} at ${address} port ${port}` }));
  });
  await Promise.all(
    callees.map(async ({ address, port, name }) => {
      let fault = 'not tried';
      while (!signal.aborted) {
        const left = end - performance.now();
        if (left <= 0) throw new Refusal('PeerUnreachable', `${name} was not ready within ${limit} s: ${fault}`);
        const answer = await knock(address, port, Math.min(left, attemptLimit), signal);
        if (answer === undefined) return;
        fault = answer;
        await pause(interval, signal);
      }
      throw new Refusal('Interrupted', `told to stop while waiting for ${name}: ${fault}`);
    }),
  );
}

/** One attempt. @returns what is wrong, or undefined when the peer is ready */
function knock(address: string, port: number, limit: number, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, signal });
    let said = '';
    const done = (fault?: string) => {
      socket.destroy();
      resolve(fault);
    };
    socket.setTimeout(limit, () => {
      done(`no answer within ${Math.round(limit)} ms`);
    });
    socket.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('latin1')).slice(0, readyWord.length);
      if (said === readyWord) done();
    });
    socket.on('error', (error) => {
      done(error.message);
    });
    socket.on('close', () => {
      done('it closed the connection without a word');
    });
  });
}

/**
 * Reads the peers from a file that the operator fills in later (a downward-API volume): looks until it names them all.
 * @param roles that must have an address
 * @param limit seconds
 * @throws Refusal PeerUnreachable when the limit passes first, Interrupted
 */
export async function readPeers(path: string, roles: readonly string[], limit: number, signal: AbortSignal): Promise<Peers> {
  const end = performance.now() + limit * 1000;
  while (!signal.aborted && performance.now() < end) {
    const peers = parsePeers(await readFile(path, 'utf8').catch(() => ''));
    if (peers && roles.every((role) => (peers[role]?.length ?? 0) > 0)) return peers;
    await pause(interval, signal);
  }
  if (signal.aborted) throw new Refusal('Interrupted', 'told to stop while waiting for the addresses of the peers');
  throw new Refusal('PeerUnreachable', `the addresses of ${roles.join(', ')} were not in ${path} within ${limit} s`);
}

/** @returns undefined for a file that is empty or half written */
function parsePeers(text: string): Peers | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isPeers(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
