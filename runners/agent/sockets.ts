import type { Listener } from '../task.ts';

/** The kernel's socket tables below /proc/self/net, by name, as text. */
export type SocketTables = Readonly<Record<'tcp' | 'tcp6' | 'udp' | 'udp6', string>>;

// include/net/tcp_states.h: a listening TCP socket, and what an unconnected UDP socket shows.
const listening = '0A';
const unconnected = '07';

/**
 * Whether somebody listens on the port, on this address or on all. Seen in the kernel's table, so that the tool never
 * gets a connection that is not its peer's: iperf3 would take it for its one client.
 */
export function listens({ protocol, port }: Listener, address: string, tables: SocketTables): boolean {
  const [four, six] = protocol === 'TCP' ? [tables.tcp, tables.tcp6] : [tables.udp, tables.udp6];
  const state = protocol === 'TCP' ? listening : unconnected;
  const wanted = new Set([anyFour, anySix, hexOf(address), mapped(hexOf(address))]);
  return [four, six].some((table) => rowsOf(table).some((row) => row.state === state && row.port === port && wanted.has(row.address)));
}

const anyFour = '0'.repeat(8);
const anySix = '0'.repeat(32);

function rowsOf(table: string): { address: string; port: number; state: string | undefined }[] {
  return table
    .split('\n')
    .slice(1)
    .map((line) => {
      const [, local = '', , state] = line.trim().split(/\s+/);
      const [address = '', port = ''] = local.split(':');
      return { address, port: Number.parseInt(port, 16), state };
    });
}

/** As the table shows it: each 32-bit word of the address in the byte order of the machine, here the little-endian one. */
function hexOf(address: string): string {
  const bytes = address.includes(':') ? bytesOfSix(address) : address.split('.').map(Number);
  const words = Array.from({ length: bytes.length / 4 }, (_, word) => bytes.slice(word * 4, word * 4 + 4).toReversed());
  return words
    .flat()
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}

function mapped(four: string): string {
  return `0000000000000000FFFF0000${four}`;
}

function bytesOfSix(address: string): number[] {
  const [head = '', tail] = address.split('::');
  const [before, after] = [groupsOf(head), groupsOf(tail ?? '')];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<number>(Math.max(0, zeros)).fill(0), ...after].flatMap((group) => [group >> 8, group & 0xff]);
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
