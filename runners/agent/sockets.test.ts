import { createServer } from 'node:net';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import { socketTables } from './readiness.ts';
import { listens } from './sockets.ts';
import type { SocketTables } from './sockets.ts';

const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';

/** One row as the kernel prints it. */
function row(local: string, state: string): string {
  return `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 12345 1 0000000000000000 100 0 0 10 0\n`;
}

function tables(changes: Partial<SocketTables>): SocketTables {
  return { tcp: head, tcp6: head, udp: head, udp6: head, ...changes };
}

describe('listens', () => {
  const any6 = '0'.repeat(32);
  test.each<[string, Partial<SocketTables>, 'TCP' | 'UDP', string, boolean]>([
    ['nothing', {}, 'TCP', '10.0.0.1', false],
    ['all IPv4 addresses', { tcp: head + row('00000000:1451', '0A') }, 'TCP', '10.0.0.1', true],
    ['all addresses, IPv6 socket', { tcp6: head + row(`${any6}:1451`, '0A') }, 'TCP', '10.0.0.1', true],
    ['the own IPv4 address', { tcp: head + row('0100000A:1451', '0A') }, 'TCP', '10.0.0.1', true],
    ['the own IPv4 address, IPv6 socket', { tcp6: head + row('0000000000000000FFFF00000100000A:1451', '0A') }, 'TCP', '10.0.0.1', true],
    ['the own IPv6 address', { tcp6: head + row('000000FD000000000000000001000000:1451', '0A') }, 'TCP', 'fd00::1', true],
    [
      'the own IPv6 address in full',
      { tcp6: head + row('B80D0120000000000000000067452301:1451', '0A') },
      'TCP',
      '2001:db8:0:0:0:0:123:4567',
      true,
    ],
    ["another pod's address", { tcp: head + row('0200000A:1451', '0A') }, 'TCP', '10.0.0.1', false],
    ['another port', { tcp: head + row('00000000:1452', '0A') }, 'TCP', '10.0.0.1', false],
    ['a connection from the port', { tcp: head + row('0100000A:1451', '01') }, 'TCP', '10.0.0.1', false],
    ['UDP on all addresses', { udp: head + row('00000000:1451', '07') }, 'UDP', '10.0.0.1', true],
    ['UDP on IPv6', { udp6: head + row(`${any6}:1451`, '07') }, 'UDP', '10.0.0.1', true],
    ['UDP where TCP is asked for', { udp: head + row('00000000:1451', '07') }, 'TCP', '10.0.0.1', false],
    ['TCP where UDP is asked for', { tcp: head + row('00000000:1451', '0A') }, 'UDP', '10.0.0.1', false],
  ])('%s', (_, changes, protocol, address, expected) => {
    expect(listens({ protocol, port: 0x1451 }, address, tables(changes))).toBe(expected);
  });

  test('never throws, whatever the table holds', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (tcp, address) => {
        expect(typeof listens({ protocol: 'TCP', port: 1 }, address, tables({ tcp }))).toBe('boolean');
      }),
    );
  });
});

describe('the table of this kernel', () => {
  test.each(['127.0.0.1', '127.9.8.7', '0.0.0.0', '::'])('shows a TCP server on %s', async (host) => {
    const server = createServer().listen({ port: 0, host });
    await once(server, 'listening');
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const { port } = server.address() as AddressInfo;
    const seen = listens({ protocol: 'TCP', port }, host.startsWith('127') ? host : '127.0.0.1', await socketTables());
    server.close();
    expect(seen).toBe(true);
  });

  test('shows a UDP server', async () => {
    const socket = createSocket('udp4').bind(0, '127.9.8.7');
    await once(socket, 'listening');
    const seen = listens({ protocol: 'UDP', port: socket.address().port }, '127.9.8.7', await socketTables());
    socket.close();
    expect(seen).toBe(true);
  });
});
