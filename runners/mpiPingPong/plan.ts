import { launchRoles } from '../launch/plan.ts';
import type { Ranks } from '../launch/ranks.ts';
import { launchArguments } from '../launch/ranks.ts';
import { readOptions } from '../options.ts';
import type { RolePlan } from '../workload.ts';
import { imbBenchmarks, sizesOf } from './benchmarks.ts';
import { netpipeSizes } from './netpipe.ts';
import { allowedOptions } from './options.ts';
import type { MpiPingPongParameters } from './parameters.ts';

const day = 86_400;
/** Seconds to start the ranks and to end them. */
const setUp = 2;
/** Seconds for a message size: what a quiet network takes, and what is waited for. IMB itself stops at 10 s. */
const usual = { IMB: 0.1, NetPIPE: 0.8 };
const longest = { IMB: 12, NetPIPE: 30 };

/** A launcher with the first rank, and a worker for each other node. */
export function plan(parameters: MpiPingPongParameters): RolePlan[] {
  const ranks = ranksOf(parameters);
  const deadline = Math.min(day, Math.ceil(60 + longest[parameters.tool] * sampleCount(parameters)));
  return launchRoles(ranks, { argv: launchArguments(ranks, program(parameters)), deadline });
}

/** Seconds that a run takes on a quiet network. */
export function expectedTime(parameters: MpiPingPongParameters): number {
  return setUp + usual[parameters.tool] * sampleCount(parameters);
}

/** A pair of ranks is always in two pods: neighbours are on different nodes. */
function ranksOf({ tool, nodes, processesPerNode, transport, port }: MpiPingPongParameters): Ranks {
  const flavour = tool === 'IMB' ? 'IntelMPI' : 'OpenMPI';
  return { flavour, nodes, processes: nodes * processesPerNode, order: 'ByNode', transport, port };
}

function program({ tool, benchmarks, maxMessageLog, nodes, processesPerNode, ...given }: MpiPingPongParameters): string[] {
  const extra = readOptions(given.extraArgs, allowedOptions({ tool }));
  const options = extra.ok ? extra.options.flatMap(({ name, value }) => (value === undefined ? [`-${name}`] : [`-${name}`, value])) : [];
  // The result goes where the parser reads; sizes are powers of 2 and what is half-way between them.
  if (tool === 'NetPIPE') return ['NPopenmpi', '-p', '0', '-u', String(2 ** maxMessageLog), '-o', '/dev/stdout', ...options];
  const names = benchmarks.map((name) => imbBenchmarks[name].title);
  return ['IMB-MPI1', '-npmin', String(nodes * processesPerNode), '-msglog', String(maxMessageLog), ...options, ...names];
}

/** Message sizes over all benchmarks. */
function sampleCount({ tool, benchmarks, maxMessageLog }: MpiPingPongParameters): number {
  if (tool === 'NetPIPE') return netpipeSizes(maxMessageLog).length;
  return benchmarks.reduce((sum, name) => sum + Math.max(1, sizesOf(imbBenchmarks[name], maxMessageLog).length), 0);
}
