import { createSocket } from 'node:dgram';
import type { RemoteInfo } from 'node:dgram';

import { familyOf } from '../family.ts';
import { ask, cut, whole } from './path-word.ts';

/** Peers that are answered; each has a socket. */
const mostPeers = 2048;

/** Where the agent listens. */
export interface Place {
  /** The pod's own address. */
  address: string;
  port: number;
}

/**
 * Answers each question of a peer's probe (see path-probe.ts) with as many bytes, over UDP, until `signal` aborts.
 * @throws the system's error when the port cannot be had
 */
export async function answerProbes(place: Place, signal: AbortSignal): Promise<void> {
  const socket = boundTo(place, signal);
  const known = new Set<string>();
  socket.on('message', (question, peer) => {
    const name = `${peer.address} ${peer.port}`;
    if (!asks(question) || known.has(name) || known.size >= mostPeers) return;
    known.add(name);
    answerPeer(peer, place, signal);
  });
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.once('close', resolve);
    socket.bind(place.port, place.address);
  });
}

/**
 * From here on the kernel hands this peer's questions to a socket of its own: only a connected one is told that an answer was too large for
 * the way back. After that the kernel would cut the next ones into fragments, and nobody would see it. A peer to which nothing can be sent
 * gets no answer: the address of a datagram can be made up.
 */
export function answerPeer(peer: Pick<RemoteInfo, 'address' | 'port'>, place: Place, signal: AbortSignal): void {
  if (peer.port === 0) return;
  const socket = boundTo(place, signal);
  let isCut = false;
  socket.on('error', () => {
    isCut = true;
  });
  socket.on('message', (question, from) => {
    // Until it is connected it is handed the questions of others, too.
    if (!asks(question) || from.port !== peer.port || from.address !== peer.address) return;
    const reply = isCut ? cut : Buffer.concat([whole, question.subarray(ask.length)]);
    socket.send(reply, (error) => {
      isCut ||= error !== null;
    });
  });
  socket.bind(place.port, place.address, () => {
    socket.connect(peer.port, peer.address, (error?: Error) => {
      if (error) socket.close();
    });
  });
}

function asks(question: Buffer): boolean {
  return question.subarray(0, ask.length).equals(ask);
}

function boundTo({ address }: Place, signal: AbortSignal) {
  return createSocket({ type: familyOf(address) === 'IPv6' ? 'udp6' : 'udp4', reuseAddr: true, signal });
}
