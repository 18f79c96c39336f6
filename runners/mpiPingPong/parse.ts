import type { Refusal } from '../ending.ts';
import { failedTool } from '../ending.ts';
import { figures } from '../figures.ts';
import { diagnose } from '../launch/diagnose.ts';
import type { Parsed, ToolOutput } from '../workload.ts';
import { imbBenchmarks } from './benchmarks.ts';
import { readIMBTables } from './imb.ts';
import { metrics } from './metrics.ts';
import { readNetPIPE } from './netpipe.ts';
import type { MpiPingPongParameters } from './parameters.ts';
import type { Table } from './table.ts';
import { seriesOf } from './table.ts';

/** Reads what IMB-MPI1 or NPopenmpi printed under mpirun. A run is good when it came to its end, is the one asked for, and agrees with itself. */
export function parseMpiPingPong(output: ToolOutput, parameters?: MpiPingPongParameters): Parsed {
  const tool = parameters?.tool ?? (output.stdout.includes('MPI Benchmarks') ? 'IMB' : 'NetPIPE');
  const failure = failedTool(tool === 'IMB' ? 'mpiexec.hydra' : 'mpirun', output);
  if (failure) return diagnose(output) ?? failure;
  const read = tool === 'IMB' ? readIMBTables(output.stdout, parameters) : netpipe(output, parameters);
  if ('reason' in read) return diagnose(output) ?? read;
  const [first] = read.tables;
  return {
    ok: true,
    metrics: figures(metrics, first === undefined ? {} : best(first)),
    series: read.tables.flatMap(seriesOf),
    ...(read.version === undefined ? {} : { toolVersion: `IMB ${read.version}` }),
  };
}

function netpipe({ stdout, stderr }: ToolOutput, parameters?: MpiPingPongParameters): { version?: string; tables: Table[] } | Refusal {
  const table = readNetPIPE(stdout, stderr, parameters);
  return 'reason' in table ? table : { tables: [table] };
}

function best({ name, sizes, bandwidth, latency }: Table): Record<string, number | undefined> {
  // A collective operation on nothing sends no message.
  const times = imbBenchmarks[name].columns === 'Times' && sizes.length > 0 ? latency?.slice(1) : latency;
  return {
    peakBandwidth: bandwidth === undefined ? undefined : Math.max(...bandwidth),
    minimumLatency: times === undefined ? undefined : Math.min(...times),
  };
}
