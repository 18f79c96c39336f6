import type { Parsed, ToolOutput } from '../workload.ts';
import { parseIperf2 } from './iperf2.ts';
import { parseIperf3 } from './iperf3.ts';
import type { IperfParameters } from './parameters.ts';

/** Chooses the tool's parser: by the parameters, or by what only iperf 2 prints. */
export function parseIperf(output: ToolOutput, parameters?: IperfParameters): Parsed {
  const version = parameters?.version ?? (looksLikeIperf2(output) ? 2 : 3);
  return version === 2 ? parseIperf2(output, parameters) : parseIperf3(output, parameters);
}

function looksLikeIperf2({ stdout, stderr }: ToolOutput): boolean {
  if (/^Client connecting to|^\[SUM-cnt\]|^Server listening on (?:TCP|UDP) port|^\d{14},/m.test(stdout)) return true;
  return stdout.trim() === '' && /^(?:iperf:|iperf version 2|tcp connect failed|\S+: Unknown host)/m.test(stderr);
}
