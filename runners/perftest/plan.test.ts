import { describe, expect, test } from '@jest/globals';
import type { Argument } from '../task.ts';
import { expectedTime, plan } from './plan.ts';
import type { Kind, Settings } from './settings.ts';
import { bandwidthParameters, latencyParameters } from './testing.ts';

function role(name: string, changes: Partial<Settings> = {}, kind: Kind = 'Bandwidth') {
  const settings = kind === 'Bandwidth' ? bandwidthParameters(changes) : latencyParameters(changes);
  const found = plan(kind, settings).find((planned) => planned.name === name);
  if (found === undefined) throw new Error(`no role ${name}`);
  return found;
}

const argv = (name: string, changes: Partial<Settings> = {}, kind: Kind = 'Bandwidth'): Argument[] => role(name, changes, kind).task.argv;

const usual = ['--CPU-freq', '--report_gbits', '--rdma_cm', '--connection=RC', '--all', '--iters=1000', '--qp=1', '--port=18515'];

describe('KP-4 bandwidth', () => {
  test('the server tells that it waits at once', () => {
    expect(argv('server')).toEqual(['stdbuf', '--output=L', 'ib_read_bw', ...usual]);
    expect(role('server').task).toMatchObject({ says: 'Waiting for client to connect', listens: { protocol: 'TCP', port: 18_515 } });
  });

  test('the client does the same against the server', () => {
    expect(argv('client')).toEqual(['ib_read_bw', ...usual, { address: 'server' }]);
  });

  test.each<[string, Partial<Settings>, string]>([
    ['a write', { mode: 'write' }, 'ib_write_bw'],
    ['a send', { mode: 'send' }, 'ib_send_bw'],
    ['queue pairs', { queuePairs: 8 }, '--qp=8'],
    ['iterations', { iterations: 5000 }, '--iters=5000'],
    ['one size, in bytes', { messageSize: '64Ki' }, '--size=65536'],
    ['datagrams', { mode: 'send', connection: 'UD' }, '--connection=UD'],
    ['further options in one piece', { extraArgs: ['-x', '3'] }, '--gid-index=3'],
    ['another port', { port: 2000 }, '--port=2000'],
  ])('%s, on both ends', (_, changes, argument) => {
    expect(argv('client', changes)).toContain(argument);
    expect(argv('server', changes)).toContain(argument);
  });
});

describe('KP-5 latency', () => {
  test('has no queue pairs and no unit to choose', () => {
    expect(argv('client', {}, 'Latency')).toEqual([
      'ib_read_lat',
      '--CPU-freq',
      '--rdma_cm',
      '--connection=RC',
      '--all',
      '--iters=1000',
      '--port=18515',
      { address: 'server' },
    ]);
  });

  test.each<[string, Partial<Settings>, string[], string[]]>([
    ['none', {}, [], []],
    ['one for both', { device: 'mlx5_0' }, ['--ib-dev=mlx5_0'], ['--ib-dev=mlx5_0']],
    ['one by role', { devices: { client: 'mlx5_1' } }, [], ['--ib-dev=mlx5_1']],
    ['both', { device: 'mlx5_0', devices: { client: 'mlx5_1' } }, ['--ib-dev=mlx5_0'], ['--ib-dev=mlx5_1']],
  ])('device: %s', (_, changes, server, client) => {
    const devices = (name: string) =>
      argv(name, changes, 'Latency').filter((argument) => typeof argument === 'string' && argument.startsWith('--ib-dev'));
    expect([devices('server'), devices('client')]).toEqual([server, client]);
  });
});

test('a run by time measures for as long as was asked for, with a second at each end that does not count', () => {
  const options = argv('client', { messageSize: 2, duration: '1m' });
  expect(options).toEqual(expect.arrayContaining(['--duration=62', '--margin=1', '--size=2']));
  expect(options.filter((option) => typeof option === 'string' && option.startsWith('--iters'))).toEqual([]);
});

test('without the connection manager the server listens on TCP, which needs no word of it', () => {
  const { task } = role('server', { rdmaCM: false });
  expect(task.argv[0]).toBe('ib_read_bw');
  expect(task).not.toHaveProperty('says');
  expect(task.argv).not.toContain('--rdma_cm');
});

test('KP-20 the client waits for a server that is ready, and both end by themselves', () => {
  expect(role('server', { port: 7000 })).toMatchObject({ ends: true, task: { measures: false, readyPort: 7001 } });
  expect(role('client', { port: 7000 })).toMatchObject({
    ends: true,
    after: ['server'],
    task: { measures: true, waitFor: [{ role: 'server', port: 7001 }], waitLimit: 120, reconnects: 1 },
  });
});

describe('time', () => {
  test.each<[string, Partial<Settings>, number, number]>([
    ['by time', { duration: '30s', messageSize: 2 }, 37, 97],
    ['a few messages', { iterations: 1000, messageSize: 2 }, 5, 66],
    ['all sizes', {}, 8, 202],
    ['more queue pairs', { queuePairs: 10 }, 40, 1431],
  ])('%s: forecast and deadline', (_, changes, forecast, deadline) => {
    expect(Math.round(expectedTime(bandwidthParameters(changes)))).toBe(forecast);
    expect(role('client', changes).task.deadline).toBe(deadline);
  });

  test('has a bound', () => {
    expect(role('client', { iterations: 1e8 }).task.deadline).toBe(86_400);
  });
});
