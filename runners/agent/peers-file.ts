import { readFile } from 'node:fs/promises';

import type { PeersFile } from '../task.ts';
import { isPeers } from './assignment.ts';
import { pause } from './pause.ts';
import { Refusal } from './refusal.ts';

const interval = 100;

/** Where the addresses are going to be, and for how many seconds to wait for them. */
export interface Expected {
  path: string;
  limit: number;
}

/**
 * Reads the peers from a file that the operator fills in later: a downward-API volume, in which the kubelet replaces the whole file at
 * once. Looks until it names all roles.
 * @param roles that must have an address
 * @throws Refusal PeerUnreachable when the limit passes first, BadTask for a file of another version, Interrupted
 */
export async function readPeers({ path, limit }: Expected, roles: readonly string[], signal: AbortSignal): Promise<PeersFile['peers']> {
  const end = performance.now() + limit * 1000;
  while (!signal.aborted && performance.now() < end) {
    const peers = parsePeers(await readFile(path, 'utf8').catch(() => ''));
    if (peers && roles.every((role) => (peers[role]?.length ?? 0) > 0)) return peers;
    await pause(interval, signal);
  }
  if (signal.aborted) throw new Refusal('Interrupted', 'told to stop while waiting for the addresses of the peers');
  throw new Refusal('PeerUnreachable', `the operator did not tell the addresses of ${roles.join(', ')} within ${limit} s`);
}

/** @returns undefined for a file that is not there yet, or not whole */
function parsePeers(text: string): PeersFile['peers'] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('version' in value)) return undefined;
  if (value.version !== 1) {
    throw new Refusal('BadTask', `the peers' addresses come in version ${JSON.stringify(value.version)}; this agent reads 1`);
  }
  return 'peers' in value && isPeers(value.peers) ? value.peers : undefined;
}
