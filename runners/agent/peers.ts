import { connect } from 'node:net';

import { pause } from './pause.ts';
import { readyWord } from './readiness.ts';
import { Refusal } from './refusal.ts';

type Peers = Readonly<Record<string, readonly string[]>>;

const interval = 100;
// One connection attempt; a peer whose packets are dropped must not use up the whole wait.
const attemptLimit = 2000;

/** A peer's agent. */
export interface Callee {
  /** For people: role and number. */
  name: string;
  address: string;
  port: number;
}

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
  await Promise.all(
    callees(targets, peers).map(async ({ address, port, ...callee }) => {
      const name = `${callee.name} at ${address} port ${port}`;
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

/** The agents to call. @throws Refusal BadTask for a role without addresses */
export function callees(targets: Wait['targets'], peers: Peers): Callee[] {
  return targets.flatMap(({ role, port }) => {
    const addresses = peers[role];
    if (!addresses?.length) throw new Refusal('BadTask', `no address of ${role}, which has to be waited for`);
    return addresses.map((address, index) => ({ address, port, name: `${role} ${index}` }));
  });
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
      if (said.length === readyWord.length) done(said === readyWord ? undefined : 'what answers there is no agent');
    });
    socket.on('error', (error) => {
      done(error.message);
    });
    socket.on('close', () => {
      done('it closed the connection without a word');
    });
  });
}
