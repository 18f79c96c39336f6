import { readOptions } from '../options.ts';
import type { Problem } from '../workload.ts';
import { allowedOptions } from './options.ts';
import type { MpiPingPongParameters } from './parameters.ts';

const mostRanks = 1024;

/** The limits that depend on several parameters. */
export function check(parameters: MpiPingPongParameters): Problem[] {
  const { nodes, processesPerNode, extraArgs } = parameters;
  const ranks = nodes * processesPerNode;
  const read = readOptions(extraArgs, allowedOptions(parameters));
  return [
    ...(ranks > mostRanks
      ? [
          {
            path: 'processesPerNode',
            message: `${nodes} nodes with ${processesPerNode} processes are ${ranks}; up to ${mostRanks} together`,
          },
        ]
      : []),
    ...(read.ok ? [] : [{ path: `extraArgs[${read.index}]`, message: read.message }]),
  ];
}
