import { describe, expect, test } from '@jest/globals';
import { filled } from '../agent/arguments.ts';
import type { Addresses } from '../agent/arguments.ts';
import type { Ranks } from './ranks.ts';
import { environmentOf, filesOf, launchArguments } from './ranks.ts';
import { ranks } from './testing.ts';

const four: Addresses = { self: '10.0.0.1', interface: 'eth0', peers: { worker: ['10.0.0.2', '10.0.0.3'] } };
const six: Addresses = { self: 'fd00::1', interface: 'net1', peers: { worker: ['fd00::2', 'fd00::3'] } };

function argv(changes: Partial<Ranks> = {}, addresses = four): string[] {
  return filled({ argv: launchArguments(ranks({ nodes: 3, processes: 3, ...changes }), ['IMB-MPI1', 'pingpong']) }, addresses, '/app').argv;
}

/** The values that an option was given. */
function values(option: string, args: readonly string[]): (string | undefined)[] {
  return args.flatMap((arg, index) => (arg === option ? [args[index + 1]] : []));
}

/** The settings of Open MPI in a command line. */
function settings(args: readonly string[]): Record<string, string | undefined> {
  return Object.fromEntries(args.flatMap((arg, index) => (arg === '--mca' ? [[args[index + 1], args[index + 2]]] : [])));
}

describe('Open MPI', () => {
  test('runs the program on its own node and on those of the workers', () => {
    expect(argv()[0]).toBe('mpirun');
    expect(argv().slice(-2)).toEqual(['IMB-MPI1', 'pingpong']);
    expect(values('--host', argv())).toEqual(['localhost:1', '10.0.0.2:1,10.0.0.3:1']);
    expect(values('-np', argv())).toEqual(['3']);
  });

  test('has room on each node for its share of ranks, rounded up', () => {
    expect(values('--host', argv({ processes: 7 }))).toEqual(['localhost:3', '10.0.0.2:3,10.0.0.3:3']);
  });

  test.each([
    ['ByNode', 'node'],
    ['BySlot', 'slot'],
  ] as const)('lays its ranks out %s', (order, mapped) => {
    expect(values('--map-by', argv({ order }))).toEqual([mapped]);
  });

  test('on one node needs no hosts beside it', () => {
    expect(values('--host', argv({ nodes: 1, processes: 4 }, { ...four, peers: { worker: [] } }))).toEqual(['localhost:4']);
  });

  test('reaches workers through our own program, all by itself, and notices their end', () => {
    expect(settings(argv())).toMatchObject({
      plm_rsh_agent: '/app/launch/connect.ts',
      plm_rsh_no_tree_spawn: '1',
      orte_leave_session_attached: '1',
    });
  });

  test('names hosts in full, so that long names of pods stay whole', () => {
    expect(settings(argv())).toMatchObject({ regx: 'naive' });
  });

  test.each([
    ['IPv4', four, '6', ['localhost:1', '10.0.0.2:1,10.0.0.3:1']],
    ['IPv6', six, '4', ['localhost:1', 'fd00--2:1,fd00--3:1']],
  ] as const)('talks %s only, where the addresses are', (_, addresses, disabled, hosts) => {
    const args = argv({}, addresses);
    expect(values('--host', args)).toEqual(hosts);
    expect(settings(args)).toMatchObject({ oob_tcp_disable_family: disabled, btl_tcp_disable_family: disabled });
  });

  test('KP-2 over TCP uses no other transport between nodes', () => {
    expect(settings(argv())).toMatchObject({ pml: 'ob1', btl: 'self,vader,tcp' });
    expect(environmentOf(ranks())).not.toHaveProperty('UCX_TLS');
  });

  test('KP-2 over RDMA uses UCX with reliable connections, and no TCP for messages', () => {
    const args = argv({ transport: 'RDMA' });
    expect(settings(args)).toMatchObject({ pml: 'ucx', osc: 'ucx', btl: '^openib' });
    expect(values('-x', args)).toEqual(['UCX_TLS']);
    expect(environmentOf(ranks({ transport: 'RDMA' }))).toMatchObject({ UCX_TLS: 'self,sm,rc' });
  });

  test('takes the interface that has the own address in each pod', () => {
    const files = filesOf(ranks());
    expect(filled({ argv: ['x'], files }, six, '/app').files).toEqual([
      { name: 'mca-params.conf', content: 'oob_tcp_if_include = net1\nbtl_tcp_if_include = net1\n' },
    ]);
    expect(environmentOf(ranks())).toEqual({ OMPI_MCA_mca_base_param_files: '/tmp/assay-mpi/mca-params.conf' });
  });
});

function intel(changes: Partial<Ranks> = {}): string[] {
  return argv({ flavour: 'IntelMPI', ...changes });
}

describe('Intel MPI', () => {
  test('runs the program on its own node and on those of the workers', () => {
    expect(intel()[0]).toBe('mpiexec.hydra');
    expect(values('-hosts', intel())).toEqual(['10.0.0.1,10.0.0.2,10.0.0.3']);
    expect(values('-n', intel({ processes: 6 }))).toEqual(['6']);
  });

  test('reaches workers through our own program', () => {
    expect([...values('-bootstrap', intel()), ...values('-bootstrap-exec', intel())]).toEqual(['rsh', '/app/launch/connect.ts']);
  });

  test.each([
    ['ByNode', '1'],
    ['BySlot', '2'],
  ] as const)('lays its ranks out %s', (order, perNode) => {
    expect(values('-ppn', intel({ order, processes: 6 }))).toEqual([perNode]);
  });

  test('is called back by address, not by a host name that nobody else knows', () => {
    expect(values('-iface', intel())).toEqual(['eth0']);
  });

  test('KP-49 keeps the token to itself: Hydra would pass every variable on over the network', () => {
    expect(values('-genvexcl', intel())[0]?.split(',')).toContain('ASSAY_TOKEN');
  });

  test('takes the interface that has the own address in each pod', () => {
    const env = environmentOf(ranks({ flavour: 'IntelMPI' }));
    expect(filled({ argv: ['x'], env }, four, '/app').env).toMatchObject({ FI_PROVIDER: 'tcp', FI_TCP_IFACE: 'eth0' });
    expect(values('-genvexcl', intel())[0]?.split(',')).toContain('FI_TCP_IFACE');
  });

  test('KP-2 over RDMA takes the provider for it', () => {
    expect(environmentOf(ranks({ flavour: 'IntelMPI', transport: 'RDMA' }))).toMatchObject({
      FI_PROVIDER: 'verbs',
      I_MPI_FABRICS: 'shm:ofi',
    });
  });

  test('finds its libraries, which Open MPI must not find', () => {
    expect(environmentOf(ranks({ flavour: 'IntelMPI' }))).toMatchObject({ I_MPI_ROOT: '/opt/impi', LD_LIBRARY_PATH: '/opt/impi/lib' });
    expect(environmentOf(ranks())).not.toHaveProperty('LD_LIBRARY_PATH');
  });

  test('has no settings in files', () => {
    expect(filesOf(ranks({ flavour: 'IntelMPI' }))).toEqual([]);
  });
});
