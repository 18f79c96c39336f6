import { cpusoaker } from './cpusoaker/workload.ts';
import { fio } from './fio/workload.ts';
import { iperf } from './iperf/workload.ts';
import { openFoam } from './openFoam/workload.ts';
import { pyTorch } from './pyTorch/workload.ts';
import { mpiPingPong } from './mpiPingPong/workload.ts';
import { rdmaBandwidth } from './rdmaBandwidth/workload.ts';
import { rdmaLatency } from './rdmaLatency/workload.ts';
import { sleep } from './sleep/workload.ts';
import type { Workload } from './workload.ts';

const list: readonly Workload[] = [sleep, cpusoaker, iperf, fio, rdmaBandwidth, rdmaLatency, pyTorch, mpiPingPong, openFoam];

/** Every workload by the name of its block in the spec. */
export const workloads: Readonly<Record<string, Workload>> = Object.fromEntries(list.map((workload) => [workload.name, workload]));

/** A workload and the parameters that a spec gives it. */
export interface Chosen {
  workload: Workload;
  parameters: object;
}

/** Names of all runner images, without registry and tag. */
export const imageNames: readonly string[] = [
  ...new Set(list.flatMap(({ image, variant }) => [image, ...(variant ? [variant.image] : [])])),
];

/** Name of the runner image for a workload with these parameters. */
export function imageFor({ workload, parameters }: Chosen): string {
  return workload.variant?.suits(parameters) === true ? workload.variant.image : workload.image;
}

/** The capabilities that a workload's pods need with these parameters, without CAP_. */
export function capabilitiesFor({ workload, parameters }: Chosen): readonly string[] {
  return workload.needsCapabilities?.(parameters) === false ? [] : (workload.capabilities ?? []);
}

/**
 * The workload that a Benchmark's spec names.
 * @param spec a BenchmarkSpec with defaults filled in; exactly one workload block is the schema's business
 * @returns undefined when no block of a known workload is there
 */
export function workloadOf(spec: Readonly<Record<string, unknown>>): Chosen | undefined {
  for (const workload of list) {
    const parameters = spec[workload.name];
    if (typeof parameters === 'object' && parameters !== null) return { workload, parameters };
  }
  return undefined;
}
