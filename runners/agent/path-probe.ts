import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';

import { familyOf } from '../family.ts';
import { pause } from './pause.ts';
import { ask, cut, whole } from './path-word.ts';

const interval = 50;
// Milliseconds: as long as a packet may take, several times over.
const limit = 2000;

/** What became of packets of a size: they came there and back in one piece, were too large for a part of the way, or got no answer. */
export type Passage = 'Whole' | 'Cut' | 'Lost';

/**
 * Whether packets of `size` bytes, headers included, pass whole to a peer's agent and back. `undefined` where not even small ones do.
 *
 * Linux forbids fragments of a datagram that fits the interface (RFC 1191, RFC 8201). What is too large for a later part of the way
 * is dropped there, and a connected socket is told so as EMSGSIZE, before the kernel begins to send fragments.
 */
export async function probePath(peer: { address: string; port: number }, size: number, signal: AbortSignal): Promise<Passage | undefined> {
  const six = familyOf(peer.address) === 'IPv6';
  const socket = createSocket(six ? 'udp6' : 'udp4');
  try {
    // Until there is somebody to listen for it, an error would end the process.
    socket.on('error', () => {});
    const unreachable = await new Promise<Error | undefined>((resolve) => {
      socket.connect(peer.port, peer.address, (error?: Error) => {
        resolve(error);
      });
    });
    if (unreachable || (await asked(socket, ask.length, signal)) !== 'Whole') return undefined;
    return await asked(socket, size - headers(six), signal);
  } finally {
    socket.close();
  }
}

/** Bytes of IP's and UDP's headers. */
function headers(six: boolean): number {
  return (six ? 40 : 20) + 8;
}

/** Asks until there is an answer of the same length, or word that there can be none. The first word counts. */
async function asked(socket: Socket, length: number, signal: AbortSignal): Promise<Passage> {
  const question = Buffer.alloc(length);
  ask.copy(question);
  let passage: Passage = 'Lost';
  const known = new AbortController();
  const settle = (word: Passage) => {
    if (!known.signal.aborted) passage = word;
    known.abort();
  };
  const onAnswer = (answer: Buffer) => {
    const word = answer.subarray(0, ask.length);
    if (word.equals(whole) && answer.length === length) settle('Whole');
    if (word.equals(cut)) settle('Cut');
  };
  const onError = (error: Error | null) => {
    if (error !== null && 'code' in error && error.code === 'EMSGSIZE') settle('Cut');
  };
  socket.on('message', onAnswer);
  socket.on('error', onError);
  const over = AbortSignal.any([signal, known.signal, AbortSignal.timeout(limit)]);
  while (!over.aborted) {
    socket.send(question, onError);
    await pause(interval, over);
  }
  socket.off('message', onAnswer);
  socket.off('error', onError);
  return passage;
}
