import type { Argument, Task } from '../task.ts';

/** How many ranks run where, and over what they talk. */
export interface Ranks {
  /** Open MPI as Debian has it, or Intel MPI with its Hydra. */
  flavour: 'OpenMPI' | 'IntelMPI';
  nodes: number;
  /** On all nodes together. */
  processes: number;
  /** Whether neighbouring ranks are on neighbouring nodes, or fill a node first. */
  order: 'ByNode' | 'BySlot';
  transport: 'TCP' | 'RDMA';
  /** On which the workers serve; the port after it tells that they do. */
  port: number;
}

/** What starts the ranks, and what it starts on other nodes for that. */
export const programs = {
  OpenMPI: { launcher: 'mpirun', daemons: ['orted'] },
  IntelMPI: { launcher: 'mpiexec.hydra', daemons: ['hydra_bstrap_proxy'] },
} as const;

/** Where ranks run: the same path in all pods, as files are named to all ranks by it. */
export const workdir = '/tmp/assay-mpi';
const settingsFile = 'mca-params.conf';

const connect: Argument = { script: 'launch/connect.ts' };
/** What stays in the launcher's pod: each pod has its own interface, and the token is for nobody else. */
const notPassedOn = ['ASSAY_TOKEN', 'LAUNCH_PORT', 'FI_TCP_IFACE'];

/** The command line that runs `program` in all ranks. */
export function launchArguments(ranks: Ranks, program: readonly Argument[]): Argument[] {
  return [programs[ranks.flavour].launcher, ...(ranks.flavour === 'OpenMPI' ? openMPI(ranks) : intelMPI(ranks)), ...program];
}

function openMPI({ nodes, processes, order, transport }: Ranks): Argument[] {
  const slots = `:${Math.ceil(processes / nodes)}`;
  const workers: Argument = { hosts: ['worker'], after: slots, separator: ',', hyphens: true };
  const elements: Argument[][] = [
    ['--host', `localhost${slots}`],
    nodes > 1 ? ['--host', workers] : [],
    ['-np', String(processes)],
    ['--map-by', order === 'ByNode' ? 'node' : 'slot'],
    // Pods share a node's cores: each would bind its ranks to the first of them.
    ['--bind-to', 'none'],
    setting('plm_rsh_agent', connect),
    // The launcher starts all daemons itself, and sees it when one ends.
    setting('plm_rsh_no_tree_spawn', '1'),
    setting('orte_leave_session_attached', '1'),
    // The shorter notations of host names write beyond their end for a name of more than 50 characters, as a pod's can be.
    setting('regx', 'naive'),
    setting('plm_rsh_num_concurrent', String(nodes)),
    setting('oob_tcp_disable_family', otherFamily),
    ...(transport === 'TCP' ? overTCP : overUCX),
  ];
  return elements.flat();
}

function setting(name: string, value: Argument): Argument[] {
  return ['--mca', name, value];
}

const otherFamily: Argument = { familyOf: 'self', IPv4: '6', IPv6: '4' };
const overTCP: Argument[][] = [setting('pml', 'ob1'), setting('btl', 'self,vader,tcp'), setting('btl_tcp_disable_family', otherFamily)];
const overUCX: Argument[][] = [setting('pml', 'ucx'), setting('osc', 'ucx'), setting('btl', '^openib'), ['-x', 'UCX_TLS']];

function intelMPI({ nodes, processes, order }: Ranks): Argument[] {
  const elements: Argument[][] = [
    ['-bootstrap', 'rsh', '-bootstrap-exec', connect],
    // Daemons call back to this interface's address; otherwise to a host name, which only the launcher's pod knows.
    ['-iface', { interfaceOf: 'self' }],
    ['-hosts', { hosts: nodes > 1 ? ['self', 'worker'] : ['self'], separator: ',' }],
    ['-n', String(processes)],
    ['-ppn', order === 'ByNode' ? '1' : String(Math.ceil(processes / nodes))],
    ['-genvexcl', notPassedOn.join()],
  ];
  return elements.flat();
}

/** Where the image has Intel MPI. Its libraries are for its own programs alone: Open MPI has others of the same name. */
const installation = { I_MPI_ROOT: '/opt/impi', LD_LIBRARY_PATH: '/opt/impi/lib', FI_PROVIDER_PATH: '/opt/impi/lib' };

/** Variables of launcher and workers alike. */
export function environmentOf({ flavour, transport }: Ranks): Record<string, Argument> {
  if (flavour === 'OpenMPI') {
    return {
      // In place of the files of the image and of the home folder.
      OMPI_MCA_mca_base_param_files: `${workdir}/${settingsFile}`,
      ...(transport === 'TCP' ? {} : { UCX_TLS: 'self,sm,rc' }),
    };
  }
  return {
    ...installation,
    I_MPI_PIN: '0',
    I_MPI_FABRICS: 'shm:ofi',
    ...(transport === 'TCP' ? { FI_PROVIDER: 'tcp', FI_TCP_IFACE: { interfaceOf: 'self' } } : { FI_PROVIDER: 'verbs' }),
  };
}

/** Settings that differ from pod to pod, which is why they cannot stand in the command line: a rank gets them from its own pod. */
export function filesOf({ flavour, transport }: Ranks): NonNullable<Task['files']> {
  if (flavour !== 'OpenMPI') return [];
  const names = ['oob_tcp_if_include', ...(transport === 'TCP' ? ['btl_tcp_if_include'] : [])];
  return [{ name: settingsFile, content: names.flatMap((name): Argument[] => [`${name} = `, { interfaceOf: 'self' }, '\n']) }];
}
