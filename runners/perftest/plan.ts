import { optionArguments, readOptions } from '../options.ts';
import type { Argument } from '../task.ts';
import type { RolePlan } from '../workload.ts';
import { allowedOptions } from './options.ts';
import type { Kind, Settings } from './settings.ts';
import { deviceOf, iterationsOf, measuredTime, messageSizes, programOf } from './settings.ts';

/** Seconds at each end of a run by time that perftest runs and does not count. */
const margin = 1;
/** Seconds until both ends have found each other and set up their memory. */
const setUp = 5;
/** What a link is taken to do for a forecast, and what it must do to be waited for: B/s and seconds a message. */
const usual = { rate: 5e9, message: 5e-6 };
const slowest = { rate: 1.25e8, message: 1e-4 };
const day = 86_400;

/** A server and its client. Both end by themselves, the server when its one client is done. */
export function plan(kind: Kind, settings: Settings): RolePlan[] {
  const { port, rdmaCM } = settings;
  const readyPort = port + 1;
  const listens = { protocol: 'TCP', port } as const;
  const server = tool(kind, settings, 'server');
  return [
    {
      name: 'server',
      replicas: 1,
      ends: true,
      task: {
        // What listens through the RDMA connection manager is in no socket table. perftest says it, but into a pipe only at its end.
        argv: rdmaCM ? ['stdbuf', '--output=L', ...server] : server,
        listens,
        ...(rdmaCM ? { says: 'Waiting for client to connect' } : {}),
        readyPort,
        measures: false,
      },
    },
    {
      name: 'client',
      replicas: 1,
      after: ['server'],
      ends: true,
      task: {
        argv: [...tool(kind, settings, 'client'), { address: 'server' }],
        waitFor: [{ role: 'server', port: readyPort }],
        waitLimit: 120,
        deadline: Math.min(day, Math.ceil(60 + timeAt(slowest, settings))),
        reconnects: 1,
        measures: true,
      },
    },
  ];
}

/** Seconds that a run takes on a link of some 40 Gbit/s. */
export function expectedTime(settings: Settings): number {
  return timeAt(usual, settings);
}

function timeAt({ rate, message }: typeof usual, settings: Settings): number {
  const measured = measuredTime(settings);
  if (measured !== undefined) return setUp + measured + 2 * margin;
  const messages = (iterationsOf(settings) ?? 0) * (settings.queuePairs ?? 1);
  return messageSizes(settings).reduce((sum, size) => sum + messages * (message + size / rate), setUp);
}

/** The same for both ends but for the device, since they must agree. */
function tool(kind: Kind, settings: Settings, role: 'server' | 'client'): Argument[] {
  const { messageSize, queuePairs, rdmaCM, connection, port, extraArgs } = settings;
  const measured = measuredTime(settings);
  const device = deviceOf(settings, role);
  const extra = readOptions(extraArgs, allowedOptions(kind, settings));
  return [
    programOf(kind, settings),
    // Without it a CPU that is not at its highest frequency ends the test.
    '--CPU-freq',
    ...(kind === 'Bandwidth' ? ['--report_gbits'] : []),
    ...(rdmaCM ? ['--rdma_cm'] : []),
    `--connection=${connection}`,
    messageSize === undefined ? '--all' : `--size=${messageSizes(settings).join()}`,
    ...(measured === undefined ? [`--iters=${iterationsOf(settings)}`] : [`--duration=${measured + 2 * margin}`, `--margin=${margin}`]),
    ...(queuePairs === undefined ? [] : [`--qp=${queuePairs}`]),
    ...(device === undefined ? [] : [`--ib-dev=${device}`]),
    `--port=${port}`,
    ...(extra.ok ? optionArguments(extra.options) : []),
  ];
}
