import type { Refusal } from '../ending.ts';
import { refuse } from '../ending.ts';
import type { Report } from './report.ts';
import type { Kind, Settings } from './settings.ts';
import { deviceOf, iterationsOf, measuredTime, messageSizes } from './settings.ts';

const verbs = { read: 'RDMA_Read', write: 'RDMA_Write', send: 'Send' } as const;

/** One-way tests of a kind, by their title. Both ways at once would be another figure under the same header. */
export function isTestOf(kind: Kind, { title }: Report): boolean {
  return Object.values(verbs).some((verb) => title === titleOf(kind, verb));
}

/** The message sizes of a report and how often each was sent; the same number for all, or the table is not one of one test. */
export function unevenRows({ rows }: Report): Refusal | undefined {
  const sizes = rows.map(([bytes]) => Number(bytes));
  const several = sizes.length > 1;
  const wrong = sizes.find(
    (bytes, index) => bytes < 1 || (several && (!Number.isInteger(Math.log2(bytes)) || bytes <= (sizes[index - 1] ?? 0))),
  );
  if (wrong !== undefined) return refuse('OutputUnparsable', `the table's message sizes are no rising powers of 2, at ${wrong}`);
  const counts = new Set(rows.map(([, iterations]) => iterations));
  if (counts.size === 1 && !counts.has('0')) return undefined;
  return refuse('OutputUnparsable', `the table's numbers of iterations differ: ${[...counts].join(', ')}`);
}

/** A run must be the one that was asked for: compares what perftest says it did, value by value. */
export function otherTest(kind: Kind, report: Report, settings: Settings, elapsed?: number): Refusal | undefined {
  const { queuePairs = 1, connection, mode, rdmaCM } = settings;
  const device = deviceOf(settings, 'client');
  const said = (name: string) => report.settings.get(name);
  const compared: [name: string, ran: string | undefined, asked: string][] = [
    ['test', report.title, titleOf(kind, verbs[mode])],
    ['Number of qps', said('Number of qps'), String(queuePairs)],
    ['Connection type', said('Connection type'), connection],
    // A card that has no other way turns it on by itself.
    ...(rdmaCM ? [['rdma_cm QPs', said('rdma_cm QPs'), 'ON'] as [string, string | undefined, string]] : []),
    ...(device === undefined ? [] : [['Device', said('Device'), device] as [string, string | undefined, string]]),
  ];
  const different = compared.find(([, ran, asked]) => ran !== asked);
  if (different) {
    const [name, ran = 'nothing', asked] = different;
    return refuse('OutputUnparsable', `perftest ran with ${name} ${ran} where ${asked} was asked for`);
  }
  return otherSizes(report, settings) ?? otherAmount(report, settings, elapsed);
}

function otherSizes({ rows }: Report, settings: Settings): Refusal | undefined {
  const ran = rows.map(([bytes]) => Number(bytes));
  const all = messageSizes(settings);
  // Datagrams end with the network's MTU.
  const asked = settings.connection === 'UD' ? all.slice(0, Math.max(1, ran.length)) : all;
  if (ran.length === asked.length && ran.every((bytes, index) => bytes === asked[index])) return undefined;
  return refuse(
    'OutputUnparsable',
    `perftest measured ${ran.length} message sizes up to ${ran.at(-1)} B where ${asked.length} up to ${asked.at(-1)} B were asked for`,
  );
}

function otherAmount({ rows }: Report, settings: Settings, elapsed: number | undefined): Refusal | undefined {
  const measured = measuredTime(settings);
  if (measured !== undefined) {
    if (elapsed === undefined || elapsed >= measured) return undefined;
    return refuse('OutputUnparsable', `perftest ran for ${elapsed.toFixed(1)} s where ${measured} s were to be measured`);
  }
  const ran = Number(rows[0]?.[1]);
  const asked = iterationsOf(settings) ?? 0;
  // Counted over all queue pairs, by some versions on one.
  if (ran === asked * (settings.queuePairs ?? 1) || ran === asked) return undefined;
  return refuse('OutputUnparsable', `perftest ran ${ran} iterations where ${asked} were asked for`);
}

function titleOf(kind: Kind, verb: string): string {
  return `${verb} ${kind === 'Bandwidth' ? 'BW' : 'Latency'} Test`;
}
