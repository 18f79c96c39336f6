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
    ...netpipeProblems(parameters),
    ...(read.ok ? [] : [{ path: `extraArgs[${read.index}]`, message: read.message }]),
  ];
}

/** NetPIPE 3.7.2 prints negative figures of 2^31 bits, and with -I reads and writes beyond its buffers of 10^7 bytes. */
function netpipeProblems({ tool, maxMessageLog, extraArgs }: MpiPingPongParameters): Problem[] {
  if (tool !== 'NetPIPE') return [];
  const path = 'maxMessageLog';
  if (maxMessageLog > 27) return [{ path, message: 'NetPIPE counts bits in 32-bit numbers; up to 27, or take tool IMB' }];
  if (maxMessageLog <= 23 || !extraArgs.includes('-I')) return [];
  return [{ path, message: 'with -I NetPIPE has buffers of 10 MB; up to 23, or leave -I out' }];
}
