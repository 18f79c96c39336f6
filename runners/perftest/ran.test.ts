import { describe, expect, test } from '@jest/globals';
import { isTestOf, otherTest, unevenRows } from './ran.ts';
import type { Report } from './report.ts';
import type { Settings } from './settings.ts';
import { allSizes } from './settings.ts';
import { bandwidthParameters } from './testing.ts';

const said = { 'Number of qps': '1', 'Connection type': 'RC', 'rdma_cm QPs': 'ON', Device: 'mlx5_0' };

function report(changes: { title?: string; said?: Partial<typeof said>; rows?: string[][] } = {}): Report {
  return {
    title: changes.title ?? 'RDMA_Read BW Test',
    settings: new Map(Object.entries({ ...said, ...changes.said })),
    header: '',
    rows: changes.rows ?? allSizes.map((bytes) => [String(bytes), '1000']),
    warned: false,
  };
}

const differs = (ran: Report, asked: Partial<Settings> = {}, elapsed?: number) =>
  otherTest('Bandwidth', ran, bandwidthParameters(asked), elapsed)?.message;

test.each([
  ['RDMA_Write BW Test', 'Bandwidth', true],
  ['Send BW Test', 'Bandwidth', true],
  ['RDMA_Read Latency Test', 'Latency', true],
  ['RDMA_Read Latency Test', 'Bandwidth', false],
  ['RDMA_Write Bidirectional BW Test', 'Bandwidth', false],
  ['Atomic FETCH_AND_ADD BW Test', 'Bandwidth', false],
  ['', 'Latency', false],
] as const)('%j is a one-way test of %s: %j', (title, kind, expected) => {
  expect(isTestOf(kind, report({ title }))).toBe(expected);
});

describe('rows', () => {
  test.each<[string, string[][], string | undefined]>([
    [
      'of rising powers of 2',
      [
        ['2', '9'],
        ['8', '9'],
      ],
      undefined,
    ],
    ['of one size, whatever it is', [['1500', '9']], undefined],
    [
      'of sizes between',
      [
        ['2', '9'],
        ['6', '9'],
      ],
      'at 6',
    ],
    [
      'that fall',
      [
        ['8', '9'],
        ['2', '9'],
      ],
      'at 2',
    ],
    [
      'of one size twice',
      [
        ['2', '9'],
        ['2', '9'],
      ],
      'at 2',
    ],
    ['of nothing', [['0', '9']], 'at 0'],
    [
      'of different lengths',
      [
        ['2', '9'],
        ['4', '8'],
      ],
      '9, 8',
    ],
    ['without an iteration', [['2', '0']], '0'],
  ])('%s', (_, rows, message) => {
    const found = unevenRows(report({ rows }))?.message;
    if (message === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(message);
  });
});

describe('the run that was asked for', () => {
  test.each<[string, Report, Partial<Settings>]>([
    ['by default', report(), {}],
    ['without the connection manager', report({ said: { 'rdma_cm QPs': 'OFF' } }), { rdmaCM: false }],
    ['with it though not asked for, where a card has no other way', report(), { rdmaCM: false }],
    ['on its device', report(), { device: 'mlx5_9', devices: { client: 'mlx5_0' } }],
    ['on several queue pairs', report({ said: { 'Number of qps': '4' }, rows: [['64', '4000']] }), { queuePairs: 4, messageSize: 64 }],
    [
      'with datagrams up to the MTU',
      report({ title: 'Send BW Test', said: { 'Connection type': 'UD' }, rows: [['2', '1000']] }),
      { mode: 'send', connection: 'UD' },
    ],
  ])('%s', (_, ran, asked) => {
    expect(differs(ran, asked)).toBeUndefined();
  });
});

describe('another run is refused', () => {
  test.each<[string, Report, Partial<Settings>, string]>([
    ['the other way', report({ title: 'RDMA_Write BW Test' }), {}, 'test RDMA_Write BW Test where RDMA_Read BW Test'],
    ['fewer queue pairs', report(), { queuePairs: 2 }, 'Number of qps 1 where 2'],
    ['another transport', report(), { connection: 'UC', mode: 'read' }, 'Connection type RC where UC'],
    ['without the connection manager', report({ said: { 'rdma_cm QPs': 'OFF' } }), {}, 'rdma_cm QPs OFF where ON'],
    ['another device', report(), { device: 'mlx5_1' }, 'Device mlx5_0 where mlx5_1'],
    ['one size of all', report({ rows: [['2', '1000']] }), {}, '1 message sizes up to 2 B where 23 up to 8388608 B'],
    ['another size', report({ rows: [['2', '1000']] }), { messageSize: 4 }, 'up to 2 B where 1 up to 4 B'],
    ['fewer iterations', report(), { iterations: 5000 }, 'ran 1000 iterations where 5000'],
  ])('%s', (_, ran, asked, message) => {
    expect(differs(ran, asked)).toContain(message);
  });

  test('settings that are not there', () => {
    expect(differs({ ...report(), settings: new Map() })).toContain('Number of qps nothing where 1');
  });
});

describe('a run by time', () => {
  const ran = report({ rows: [['64', '123456']] });
  const asked = { messageSize: 64, duration: '10s' };

  test.each([
    ['may take as long as was asked for', 12.1, undefined],
    ['whose length is not known', undefined, undefined],
    ['is too short', 9.9, 'ran for 9.9 s where 10 s'],
  ])('%s', (_, elapsed, message) => {
    if (message === undefined) expect(differs(ran, asked, elapsed)).toBeUndefined();
    else expect(differs(ran, asked, elapsed)).toContain(message);
  });
});
