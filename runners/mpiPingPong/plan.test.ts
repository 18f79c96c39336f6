import { describe, expect, test } from '@jest/globals';
import type { MpiPingPongParameters } from './parameters.ts';
import { expectedTime, plan } from './plan.ts';
import { parameters } from './testing.ts';

function launcher(changes: Partial<MpiPingPongParameters> = {}) {
  const role = plan(parameters(changes)).at(-1);
  if (role === undefined) throw new Error('no role');
  return role.task;
}

/** The program that the ranks run, with its arguments. */
function program(changes: Partial<MpiPingPongParameters> = {}) {
  const { argv } = launcher(changes);
  return argv.slice(argv.findIndex((word) => word === 'IMB-MPI1' || word === 'NPopenmpi'));
}

const netpipe = { tool: 'NetPIPE' } as const;

describe('KP-2 the command line', () => {
  test.each<[string, Partial<MpiPingPongParameters>, string[]]>([
    ['of IMB', {}, ['IMB-MPI1', '-npmin', '2', '-msglog', '22', 'PingPong']],
    [
      'of several benchmarks',
      { benchmarks: ['sendrecv', 'reduceScatter'] },
      ['IMB-MPI1', '-npmin', '2', '-msglog', '22', 'Sendrecv', 'Reduce_scatter'],
    ],
    ['with the largest message', { maxMessageLog: 10 }, ['IMB-MPI1', '-npmin', '2', '-msglog', '10', 'PingPong']],
    ['of more ranks', { nodes: 3, processesPerNode: 2 }, ['IMB-MPI1', '-npmin', '6', '-msglog', '22', 'PingPong']],
    [
      'with further options',
      { extraArgs: ['-iter', '50', '--sync=on'] },
      ['IMB-MPI1', '-npmin', '2', '-msglog', '22', '-iter', '50', '-sync', 'on', 'PingPong'],
    ],
    ['of NetPIPE', netpipe, ['NPopenmpi', '-p', '0', '-u', '4194304', '-o', '/dev/stdout']],
    [
      'of NetPIPE with further options',
      { ...netpipe, extraArgs: ['-n', '100', '-a'] },
      ['NPopenmpi', '-p', '0', '-u', '4194304', '-o', '/dev/stdout', '-n', '100', '-a'],
    ],
  ])('%s', (_, changes, expected) => {
    expect(program(changes)).toEqual(expected);
  });

  test('IMB runs under Intel MPI, NetPIPE under Open MPI', () => {
    expect([launcher().argv[0], launcher(netpipe).argv[0]]).toEqual(['mpiexec.hydra', 'mpirun']);
  });

  test('neighbouring ranks are in different pods, so that a pair talks over the network', () => {
    const { argv } = launcher({ processesPerNode: 4 });
    expect(argv[argv.indexOf('-ppn') + 1]).toBe('1');
  });
});

test('KP-2 a pod a node, one of them with the launcher', () => {
  expect(plan(parameters({ nodes: 4 })).map(({ name, replicas }) => [name, replicas])).toEqual([
    ['worker', 3],
    ['launcher', 1],
  ]);
});

test.each([
  ['one benchmark', {}, 60 + 12 * 24],
  ['two', { benchmarks: ['sendrecv', 'barrier'] }, 60 + 12 * 25],
  ['NetPIPE', netpipe, 60 + 30 * 44],
] as const)('the launcher has as long as the slowest network takes: %s', (_, changes, deadline) => {
  expect(launcher({ ...changes, benchmarks: [...('benchmarks' in changes ? changes.benchmarks : ['pingpong' as const])] }).deadline).toBe(
    deadline,
  );
});

test('a forecast is a small part of that', () => {
  expect(expectedTime(parameters())).toBeCloseTo(4.4);
  expect(expectedTime(parameters(netpipe))).toBeCloseTo(37.2);
});
