import { describe, expect, test } from '@jest/globals';
import { readReport } from './iperf2-rows.ts';
import type { Row } from './iperf2-rows.ts';

function row(line: string): Row | undefined {
  return readReport(`${line}\n`).rows[0];
}

describe('a row', () => {
  test('has its stream, time, bytes and rate', () => {
    expect(row('[  1] 0.0000-5.0145 sec  2.81 GBytes  4.81 Gbits/sec')).toEqual({
      id: '1',
      received: false,
      start: 0,
      end: 5.0145,
      bytes: 2.81 * 1024 ** 3,
      rate: 4.81e9,
      consistent: true,
    });
  });

  test.each([
    ['bits count in thousands', '[  1] 0.0000-1.0000 sec  1221 KBytes  10002 Kbits/sec', 1221 * 1024, 10_002_000],
    [
      'bytes count in 1024, per second too',
      '[  1] 0.0000-2.0079 sec  1962496 KBytes  977393 KBytes/sec',
      1_962_496 * 1024,
      977_393 * 1024 * 8,
    ],
    ['no prefix', '[  1] 0.0000-1.0000 sec  100 Bytes  800 bits/sec', 100, 800],
    ['a two-digit stream', '[ 12] 0.0000-1.0000 sec  1.00 MBytes  8.39 Mbits/sec', 1_048_576, 8_390_000],
  ])('%s', (_, line, bytes, rate) => {
    expect(row(line)).toMatchObject({ bytes, rate: expect.closeTo(rate, 0), consistent: true });
  });

  test.each([
    ['the sum', '[SUM] 0.0000-1.0000 sec  539 MBytes  4.52 Gbits/sec', { id: 'SUM', received: false }],
    ['the sum with a count', '[SUM-4] 0.0000-3.0421 sec  4.51 GBytes  12.7 Gbits/sec', { id: 'SUM' }],
    ['what was received', '[ *1] 0.0000-3.3595 sec  38.4 MBytes  95.8 Mbits/sec', { id: '1', received: true }],
    [
      'retransmits',
      '[  1] 0.0000-3.0113 sec  3.54 GBytes  10.1 Gbits/sec  29026/0          6     3836K/799(697) us  1581239',
      { retransmits: 6 },
    ],
    ['retransmits of the sum', '[SUM] 0.0000-2.0002 sec  12081664 KBytes  49481226 Kbits/sec  94388/0        37', { retransmits: 37 }],
    [
      'datagrams',
      '[  1] 0.0000-3.0003 sec  28.0 MBytes  78.3 Mbits/sec   0.002 ms 6779/26754 (25%)',
      { datagrams: { jitter: 0.000_002, lost: 6779, total: 26_754 } },
    ],
  ])('can be %s', (_, line, expected) => {
    expect(row(line)).toMatchObject(expected);
  });

  test.each([
    ['the rate is another', '[  1] 0.0000-1.0000 sec  1221 KBytes  20002 Kbits/sec'],
    ['the unit is another', '[  1] 0.0000-5.0145 sec  2.81 MBytes  4.81 Gbits/sec'],
    ['the time is another', '[  1] 0.0000-9.0145 sec  2.81 GBytes  4.81 Gbits/sec'],
    ['it took no time', '[  1] 0.0000-0.0000 sec  0.00 Bytes  0.00 bits/sec'],
    ['it ended before it began', '[  1] 2.0000-1.0000 sec  1221 KBytes  10002 Kbits/sec'],
  ])('contradicts itself when %s', (_, line) => {
    expect(row(line)).toMatchObject({ consistent: false });
  });

  test.each([
    ['the header', '[ ID] Interval       Transfer     Bandwidth'],
    ['a row of iperf 2.0', '[  3]  0.0-10.0 sec  1.10 GBytes   941 Mbits/sec'],
    ['a row of iperf3', '[  5]   0.00-1.00   sec   118 MBytes   989 Mbits/sec    0    404 KBytes'],
    ['a cut row', '[  1] 0.0000-5.0145 sec  2.81 GBytes  4.81 Gbits/se'],
    ['datagrams out of order', '[  3] 0.0000-3.0837 sec  6 datagrams received out-of-order'],
    ['the number of datagrams', '[SUM-4] Sent 71215 datagrams'],
  ])('is not %s', (_, line) => {
    expect(row(line)).toBeUndefined();
  });

  test('does not count before its line is finished', () => {
    expect(readReport('[  1] 0.0000-5.0145 sec  2.81 GBytes  4.81 Gbits/sec').rows).toEqual([]);
  });
});

describe('a report', () => {
  const connection = '[  1] local 127.0.0.1 port 4000 connected with 127.0.0.1 port 5001';

  test.each(['TCP', 'UDP'])('tells the protocol: %s', (protocol) => {
    expect(readReport(`Client connecting to 10.0.0.1, ${protocol} port 5001\n`)).toMatchObject({ protocol });
  });

  test.each([
    ['a connection', `${connection}\n`, { connected: ['1'], fullDuplex: false }],
    ['one that goes both ways', `${connection} (full-duplex) (icwnd/mss/irtt=319/32741/18)\n`, { connected: ['1'], fullDuplex: true }],
    ['one on a named interface', '[  2] local 10.0.0.2%eth0 port 4000 connected with 10.0.0.1 port 5001 (sock=3)\n', { connected: ['2'] }],
    ['one that failed', '[  1] local 0.0.0.0 port 0 connected with 127.0.0.1 port 15999\n', { connected: [] }],
  ])('tells of %s', (_, text, expected) => {
    expect(readReport(text)).toMatchObject(expected);
  });

  const sent = '[  1] 0.0000-3.0003 sec  37.5 MBytes   105 Mbits/sec\n';
  const arrived = '[  1] 0.0000-3.0003 sec  28.0 MBytes  78.3 Mbits/sec   0.002 ms 6779/26754 (25%)\n';

  test('keeps apart what was sent and what the server says that it got', () => {
    const report = readReport(`${sent}[  1] Server Report:\n${arrived}`);
    expect(report.rows).toMatchObject([{ rate: 105e6 }]);
    expect(report.serverRows).toMatchObject([{ rate: 78.3e6 }]);
  });

  test('takes no row for the server’s before it is announced', () => {
    expect(readReport(arrived).serverRows).toEqual([]);
  });
});
