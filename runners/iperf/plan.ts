import { parseBitrate, parseDuration, parseSize } from '../../measure/quantity.ts';
import { optionArguments, readOptions } from '../options.ts';
import type { Argument } from '../task.ts';
import type { RolePlan } from '../workload.ts';
import { allowedOptions } from './options.ts';
import type { IperfParameters } from './parameters.ts';

/** A server that stays until it is stopped, and a client whose end ends the run. */
export function plan(parameters: IperfParameters): RolePlan[] {
  const { version, port } = parameters;
  const readyPort = port + 1;
  // iperf3 speaks about a test over TCP, whatever carries the traffic.
  const protocol = version === 3 ? 'TCP' : parameters.protocol;
  return [
    {
      name: 'server',
      replicas: 1,
      ends: false,
      task: { argv: serverArguments(parameters), listens: { protocol, port }, readyPort, measures: false },
    },
    {
      name: 'client',
      replicas: 1,
      after: ['server'],
      ends: true,
      task: {
        argv: parameters.version === 3 ? iperf3Client(parameters) : iperf2Client(parameters),
        waitFor: [{ role: 'server', port: readyPort }],
        waitLimit: 120,
        // An iperf3 that comes before its server can hang for about 40 s, and a server that was killed hangs its client for longer.
        deadline: expectedTime(parameters) + 30,
        reconnects: 1,
        measures: true,
      },
    },
  ];
}

/** Seconds of traffic, counted or not. */
export function expectedTime({ duration, omit }: IperfParameters): number {
  return parseDuration(duration) + parseDuration(omit);
}

function serverArguments({ version, port, protocol }: IperfParameters): Argument[] {
  const common: Argument[] = ['--server', '--bind', { address: 'self' }, '--port', String(port)];
  if (version === 3) return ['iperf3', ...common];
  return ['iperf', ...common, ipv6Domain('self'), ...(protocol === 'UDP' ? ['--udp'] : [])];
}

/** iperf 2 takes its sockets for IPv4 unless told: a server crashes at the first connection, a client binds the wrong family. */
function ipv6Domain(familyOf: string): Argument {
  return { familyOf, IPv6: '--ipv6_domain' };
}

function iperf3Client(parameters: IperfParameters): Argument[] {
  const { port, duration, streams, protocol, reverse, bidirectional, omit } = parameters;
  return [
    'iperf3',
    '--client',
    { address: 'server' },
    '--port',
    String(port),
    '--json',
    '--connect-timeout',
    '5000',
    '--interval',
    String(interval(parameters)),
    '--time',
    String(parseDuration(duration)),
    '--parallel',
    String(streams),
    ...(protocol === 'UDP' ? ['--udp'] : []),
    ...(reverse ? ['--reverse'] : []),
    ...(bidirectional ? ['--bidir'] : []),
    ...(parseDuration(omit) > 0 ? ['--omit', String(parseDuration(omit))] : []),
    ...given(parameters, { bitrate: '--bitrate', length: '--length', window: '--window' }),
  ];
}

function iperf2Client(parameters: IperfParameters): Argument[] {
  const { port, duration, streams, protocol, reverse, bidirectional } = parameters;
  const seconds = parseDuration(duration);
  return [
    'iperf',
    '--client',
    { address: 'server' },
    ipv6Domain('server'),
    '--port',
    String(port),
    '--format',
    'k',
    '--time',
    String(seconds),
    '--parallel',
    String(streams),
    ...(interval(parameters) < seconds && !bidirectional ? ['--interval', String(interval(parameters))] : []),
    // A full-duplex run with intervals prints both ways in one sum, or none. Only a TCP sender's enhanced rows carry retransmits; elsewhere they add columns that nobody reads.
    ...(protocol === 'TCP' && !reverse && !bidirectional ? ['--enhanced'] : []),
    ...(protocol === 'UDP' ? ['--udp'] : []),
    ...(reverse ? ['--reverse'] : []),
    ...(bidirectional ? ['--full-duplex'] : []),
    ...given(parameters, { bitrate: '--bandwidth', length: '--len', window: '--window' }),
  ];
}

/** Quantities as plain numbers, since each tool has its own idea of what K means, then what the user adds. */
function given(parameters: IperfParameters, names: { bitrate: string; length: string; window: string }): string[] {
  const { version, bitrate, length, window, extraArgs } = parameters;
  const extra = readOptions(extraArgs, allowedOptions(version));
  return [
    ...(bitrate === undefined || (version === 2 && parseBitrate(bitrate) === 0) ? [] : [names.bitrate, String(parseBitrate(bitrate))]),
    ...(length === undefined ? [] : [names.length, String(parseSize(length))]),
    ...(window === undefined ? [] : [names.window, String(parseSize(window))]),
    ...(extra.ok ? optionArguments(extra.options) : []),
  ];
}

/** Seconds between reports: one, more where the report would grow beyond some megabytes (each stream has a row in each interval). */
function interval({ duration, streams, bidirectional }: IperfParameters): number {
  const rows = parseDuration(duration) * streams * (bidirectional ? 2 : 1);
  return Math.min(60, Math.max(1, Math.ceil(rows / 12_000)));
}
