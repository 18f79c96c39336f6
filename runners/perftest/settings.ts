import { parseDuration, parseSize } from '../../measure/quantity.ts';

/** What a test moves, or how long it takes for that. */
export type Kind = 'Bandwidth' | 'Latency';

/** The parameters that both kinds of test have, with defaults filled in. */
export interface Settings {
  mode: 'read' | 'write' | 'send';
  messageSize?: number | string;
  iterations?: number;
  duration?: string;
  queuePairs?: number;
  device?: string;
  devices: { server?: string; client?: string };
  rdmaCM: boolean;
  connection: 'RC' | 'UC' | 'UD';
  port: number;
  extraArgs: string[];
}

/** Messages of each size where neither iterations nor duration is given; the tools' own default differs by test. */
const usualIterations = 1000;

/** The sizes that perftest goes through with --all, in bytes. */
export const allSizes: readonly number[] = Array.from({ length: 23 }, (_, index) => 2 ** (index + 1));

/** Bytes of each message that is tried, in order. */
export function messageSizes({ messageSize }: Settings): readonly number[] {
  return messageSize === undefined ? allSizes : [parseSize(messageSize)];
}

/** Messages of each size on each queue pair; undefined for a run by time. */
export function iterationsOf({ iterations, duration }: Settings): number | undefined {
  return duration === undefined ? (iterations ?? usualIterations) : undefined;
}

/** Seconds that are measured; undefined for a run by iterations. */
export function measuredTime({ duration }: Settings): number | undefined {
  return duration === undefined ? undefined : Math.round(parseDuration(duration));
}

/** The RDMA device that a role is told to use. */
export function deviceOf({ device, devices }: Settings, role: 'server' | 'client'): string | undefined {
  return devices[role] ?? device;
}

/** The program of a test, such as ib_write_bw. */
export function programOf(kind: Kind, { mode }: Pick<Settings, 'mode'>): string {
  return `ib_${mode}_${kind === 'Bandwidth' ? 'bw' : 'lat'}`;
}

/** Every program of a kind and the Debian package that has it. */
export function programsOf(kind: Kind): Record<string, string> {
  const modes = ['read', 'write', 'send'] as const;
  return { ...Object.fromEntries(modes.map((mode) => [programOf(kind, { mode }), 'perftest'])), stdbuf: 'coreutils' };
}
