import { parseBitrate, parseDuration, parseSize } from '../../measure/quantity.ts';
import { readOptions } from '../options.ts';
import type { Problem } from '../workload.ts';
import { allowedOptions } from './options.ts';
import type { IperfParameters } from './parameters.ts';

const day = 86_400;

/** The limits of the tools that depend on several parameters or on the value behind a text. */
export function check(parameters: IperfParameters): Problem[] {
  return [...times(parameters), ...rates(parameters), ...sizes(parameters), ...extras(parameters)];
}

function times({ duration, omit }: IperfParameters): Problem[] {
  const problems: Problem[] = [];
  const measured = parseDuration(duration);
  if (measured < 1 || measured > day) problems.push({ path: 'duration', message: `${duration} is not allowed; 1s to 24h` });
  if (parseDuration(omit) > 600) problems.push({ path: 'omit', message: `${omit} is not allowed; up to 10m` });
  return problems;
}

function rates({ version, protocol, bitrate }: IperfParameters): Problem[] {
  if (version === 3 || protocol === 'TCP' || bitrate === undefined || parseBitrate(bitrate) > 0) return [];
  return [
    {
      path: 'bitrate',
      message: `${bitrate} is not allowed; iperf 2 sends UDP at a rate above 0 only; take version 3 for as fast as possible`,
    },
  ];
}

function sizes({ protocol, length, window }: IperfParameters): Problem[] {
  const problems: Problem[] = [];
  // A datagram carries iperf's own header of 16 bytes and must fit into an IPv4 packet.
  const [least, most] = protocol === 'UDP' ? [16, 65_507] : [1, 2 ** 20];
  if (length !== undefined && !within(parseSize(length), least, most)) {
    problems.push({ path: 'length', message: `${length} is not allowed with ${protocol}; ${least} to ${most} bytes` });
  }
  if (window !== undefined && !within(parseSize(window), 1024, 512 * 2 ** 20)) {
    problems.push({ path: 'window', message: `${window} is not allowed; 1Ki to 512Mi` });
  }
  return problems;
}

function extras({ version, extraArgs }: IperfParameters): Problem[] {
  const read = readOptions(extraArgs, allowedOptions(version));
  return read.ok ? [] : [{ path: `extraArgs[${read.index}]`, message: read.message }];
}

function within(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
