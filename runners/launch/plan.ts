import type { Argument, Task } from '../task.ts';
import type { RolePlan } from '../workload.ts';
import type { Ranks } from './ranks.ts';
import { environmentOf, filesOf, programs, workdir } from './ranks.ts';

// Every MPI workload has the same two roles: a launcher, which runs mpirun and the ranks of the first node, and workers, in which it starts
// the rest through serve.ts.

/** Environment of what calls connect.ts. No pod is root's; a process of local mode is, where its user is. */
function launcherEnvironment({ flavour, port }: Ranks): Record<string, Argument> {
  const anyUser = flavour === 'OpenMPI' ? { OMPI_ALLOW_RUN_AS_ROOT: '1', OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: '1' } : {};
  return { LAUNCH_PORT: String(port), ...anyUser };
}

/** What a launcher does; `argv` is the launch itself (launchArguments) or a program of ours that calls it. */
export type LauncherTask = Pick<Task, 'argv' | 'deadline' | 'env' | 'files'>;

/** The roles of a run over `ranks.nodes` nodes; with one node there is only the launcher. */
export function launchRoles(ranks: Ranks, launcher: LauncherTask): RolePlan[] {
  const { nodes, port, flavour } = ranks;
  const readyPort = port + 1;
  const distributed = nodes > 1;
  const own: RolePlan = {
    name: 'launcher',
    replicas: 1,
    ends: true,
    ...(distributed ? { after: ['worker'] } : {}),
    task: {
      workdir,
      ...launcher,
      env: { ...environmentOf(ranks), ...launcherEnvironment(ranks), ...launcher.env },
      files: [...filesOf(ranks), ...(launcher.files ?? [])],
      ...(distributed ? { usesToken: true, waitFor: [{ role: 'worker', port: readyPort }], waitLimit: 120 } : {}),
      measures: true,
    },
  };
  if (!distributed) return [own];
  const worker: RolePlan = {
    name: 'worker',
    replicas: nodes - 1,
    ends: false,
    task: {
      argv: ['node', { script: 'launch/serve.ts' }, { address: 'self' }, String(port), ...programs[flavour].daemons],
      workdir,
      env: environmentOf(ranks),
      files: filesOf(ranks),
      usesToken: true,
      listens: { protocol: 'TCP', port },
      readyPort,
      measures: false,
    },
  };
  return [worker, own];
}
