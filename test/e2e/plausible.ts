import { parseBitrate, parseDuration, parseSize } from '../../measure/quantity.ts';
import type { Benchmark, BenchmarkSpec } from '../../operator/api/types.ts';
import { effectiveSpec } from '../../operator/api/parameters.ts';
import { topologyOf } from '../../operator/backends/topology.ts';
import { workloadOf } from '../../runners/registry.ts';

/** A figure, and between which values it must be if units and times are right. */
interface Bound {
  what: string;
  value: number;
  least: number;
  most: number;
}

type Figure = (name: string) => number;
type Blocks = Required<{
  [Name in 'cpusoaker' | 'fio' | 'iperf' | 'openFoam' | 'mpiPingPong' | 'pyTorch' | 'sleep']: NonNullable<BenchmarkSpec[Name]>;
}>;

/**
 * What cannot be right about a run that succeeded, in words; empty when everything is plausible. The bounds are wide where only the
 * machine decides and narrow where two figures must agree: bytes taken for bits, ms for s or KiB for kB are outside.
 */
export function implausible({ metadata, spec: written, status }: Benchmark): string[] {
  const spec = effectiveSpec(written);
  const values = new Map(status?.metrics?.map(({ name, value }) => [name, value]));
  const figure: Figure = (name) => values.get(name) ?? Number.NaN;
  const wrong = [...timesOf({ metadata, spec, status } as Benchmark), ...workloadBounds(spec, figure)]
    .filter(({ value, least, most }) => !(value >= least && value <= most))
    .map(({ what, value, least, most }) => `${what} is ${value}, not between ${least} and ${most}`);
  return [...wrong, ...apart(spec, status)].map((problem) => `${metadata.name}: ${problem}`);
}

/** Seconds for the tool's own start and end, and for the files that fio writes first. */
const allowance = 3;

/** They end when their work is done, whenever that is. */
const byWork: ReadonlySet<string | undefined> = new Set(['mpiPingPong', 'openFoam', 'pyTorch']);

/** The window holds the measured time and lies inside the attempt, whose ends are taken by other clocks. */
function timesOf({ spec, status }: Benchmark): Bound[] {
  const chosen = workloadOf(spec);
  const asked = chosen?.workload.duration(chosen.parameters) ?? Number.NaN;
  const attempt = status?.attempts?.at(-1);
  const [from, to] = [seconds(status?.window?.startedAt), seconds(status?.window?.finishedAt)];
  const [least, most] = byWork.has(chosen?.workload.name) ? [0, 600] : [asked * 0.99, asked * 1.2 + allowance];
  return [
    { what: 's of window', value: to - from, least, most },
    { what: 's from the start of the attempt to the window', value: from - seconds(attempt?.startedAt), least: -1, most: 600 },
    { what: 's from the window to the end of the attempt', value: seconds(attempt?.finishedAt) - to, least: -1, most: 60 },
  ];
}

function seconds(timestamp: string | undefined): number {
  return Date.parse(timestamp ?? '') / 1000;
}

function workloadBounds(spec: BenchmarkSpec, figure: Figure): Bound[] {
  const { cpusoaker, fio, iperf, openFoam, mpiPingPong, pyTorch, sleep } = spec as Blocks;
  if (sleep) return sleepBounds(sleep, figure);
  if (cpusoaker) return soakBounds(cpusoaker, figure);
  if (pyTorch) return learningBounds(pyTorch, figure);
  if (mpiPingPong) return messageBounds(figure);
  if (iperf) return iperf.protocol === 'UDP' ? udpBounds(iperf, figure) : tcpBounds(iperf, figure);
  if (openFoam) return cavityBounds(openFoam, figure);
  return fioBounds(fio, figure);
}

/** Between two nodes of one machine: no faster than its memory, no slower than a message that waits for its core. */
function messageBounds(figure: Figure): Bound[] {
  const bandwidth = figure('peakBandwidth');
  return [
    { what: 'minimumLatency (s)', value: figure('minimumLatency'), least: 1e-6, most: 0.1 },
    ...(Number.isNaN(bandwidth) ? [] : [{ what: 'peakBandwidth (bit/s)', value: bandwidth, least: 1e4, most: 200e9 }]),
  ];
}

function cavityBounds({ cells = 50, steps = 20, processes = 1, iterations }: Blocks['openFoam'], figure: Figure): Bound[] {
  const loop = figure('timePerStep') * steps;
  return [
    near('cells of a step', figure('cellUpdatesPerSecond') * figure('timePerStep'), cells ** 3, 0.001),
    { what: 'cellUpdatesPerSecond', value: figure('cellUpdatesPerSecond'), least: 1e3, most: 1e8 * processes },
    { what: 'wallTime', value: figure('wallTime'), least: loop, most: loop + 120 },
    { what: 's of CPU', value: figure('userTime') + figure('systemTime'), least: 0.01, most: figure('wallTime') * processes * 1.1 },
    { what: 'B a rank', value: figure('peakMemory') / processes, least: 20e6, most: 1e9 },
    { what: 'courantNumber', value: figure('courantNumber'), least: 0.1, most: 1 },
    { what: 'residual', value: figure('residual'), least: 0, most: iterations === undefined ? 1e-6 : 1 },
  ];
}

function near(what: string, value: number, wanted: number, tolerance: number): Bound {
  return { what, value, least: wanted * (1 - tolerance), most: wanted * (1 + tolerance) };
}

/** As long as asked for, within 20 %, and half a second more: a busy machine may stop late, and the tool says how late. */
function lasting(what: string, value: number, asked: number): Bound {
  return { what, value, least: asked * 0.8, most: asked * 1.2 + 0.5 };
}

function sleepBounds({ duration = '' }: Blocks['sleep'], figure: Figure): Bound[] {
  const asked = parseDuration(duration);
  return [
    lasting('measuredTime', figure('measuredTime'), asked),
    near('overshoot', figure('overshoot') + asked, figure('measuredTime'), 0.001),
  ];
}

function soakBounds({ workers = 1, duration = '' }: Blocks['cpusoaker'], figure: Figure): Bound[] {
  return [
    lasting('measuredTime', figure('measuredTime'), parseDuration(duration)),
    near('iterations', figure('iterations'), figure('iterationsPerSecond') * figure('measuredTime'), 0.01),
    near('cpuTime', figure('cpuTime'), figure('cpuUtilization') * figure('measuredTime'), 0.01),
    { what: 'cpuUtilization', value: figure('cpuUtilization'), least: 0.1, most: workers * 1.05 },
    { what: 'iterationsPerCPUSecond', value: figure('iterationsPerCPUSecond'), least: 1e6, most: 1e10 },
  ];
}

function learningBounds({ batchSize = 0, iterations = 0 }: Blocks['pyTorch'], figure: Figure): Bound[] {
  return [
    near('samples', figure('samplesPerSecond') * figure('measuredTime'), batchSize * iterations, 0.001),
    near('iterationTimeMean', figure('iterationTimeMean') * iterations, figure('measuredTime'), 0.001),
    {
      what: 'iterationTimeMedian (s)',
      value: figure('iterationTimeMedian'),
      least: figure('iterationTimeMin'),
      most: figure('iterationTimeMax'),
    },
    { what: 'samplesPerSecond', value: figure('samplesPerSecond'), least: 0.01, most: 1e4 },
    { what: 'cpuUtilization', value: figure('cpuUtilization'), least: 0.01, most: figure('threads') * 1.2 },
    { what: 'peakCPUMemory (B)', value: figure('peakCPUMemory'), least: 1e8, most: 1e10 },
  ];
}

function tcpBounds({ version, duration = '' }: Blocks['iperf'], figure: Figure): Bound[] {
  return [
    { what: 'bandwidth (bit/s)', value: figure('bandwidth'), least: 100e6, most: 200e9 },
    lasting('s of traffic', (figure('transferred') * 8) / figure('bandwidth'), parseDuration(duration)),
    // iperf 2 does not tell it.
    ...(version === 2 ? [] : [{ what: 'clientCPU', value: figure('clientCPU'), least: 0.001, most: 64 }]),
  ];
}

function udpBounds({ bitrate = 0, streams = 1, duration = '' }: Blocks['iperf'], figure: Figure): Bound[] {
  return [
    near('bandwidth (bit/s)', figure('bandwidth'), parseBitrate(bitrate) * streams, 0.2),
    lasting('s of traffic', (figure('transferred') * 8) / figure('bandwidth'), parseDuration(duration)),
    { what: 'loss', value: figure('loss'), least: 0, most: 0.2 },
    { what: 'jitter (s)', value: figure('jitter'), least: 0, most: 0.1 },
  ];
}

function fioBounds(fio: Blocks['fio'], figure: Figure): Bound[] {
  const { rw = '', blockSize = 0, readPercent = 50, ioDepth = 1, jobs = 1, workers = 1 } = fio;
  const mixed = rw === 'rw' || rw === 'randrw';
  const directions = mixed ? ['read', 'write'] : [rw.replace('rand', '')];
  const shares = mixed ? [near('readIOPS of all', figure('readIOPS'), share(figure) * readPercent * 0.01, 0.1)] : [];
  const inFlight = ioDepth * jobs * workers;
  return [
    ...shares,
    ...directions.flatMap((direction) => [
      near(`bytes of a ${direction}`, figure(`${direction}Bandwidth`) / figure(`${direction}IOPS`), parseSize(blockSize), 0.01),
      { what: `${direction}IOPS`, value: figure(`${direction}IOPS`), least: 10, most: 5e6 },
      // Little's law: requests in flight are rate times latency.
      {
        what: `${direction}s in flight`,
        value: figure(`${direction}IOPS`) * figure(`${direction}LatencyMean`),
        least: 0.01,
        most: inFlight * 1.1,
      },
      {
        what: `${direction}LatencyP99 of P50`,
        value: figure(`${direction}LatencyP99`) / figure(`${direction}LatencyP50`),
        least: 1,
        most: 1e5,
      },
    ]),
  ];
}

function share(figure: Figure): number {
  return figure('readIOPS') + figure('writeIOPS');
}

/** Server and client on one node would measure no network. */
function apart(spec: BenchmarkSpec, status: Benchmark['status']): string[] {
  if (topologyOf(spec) !== 'DifferentNodes') return [];
  const nodes = status?.attempts?.at(-1)?.pods.map(({ node }) => node ?? '?') ?? [];
  return new Set(nodes).size === nodes.length ? [] : [`pods that were to be on different nodes are on ${nodes.join(', ')}`];
}
