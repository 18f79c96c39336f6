import { workloads } from '../runners/registry.ts';
import type { Workload } from '../runners/workload.ts';
import { UsageError } from './exit.ts';

/** @throws UsageError that lists the workloads there are */
export function workloadNamed(name: string): Workload {
  const workload = Object.hasOwn(workloads, name) ? workloads[name] : undefined;
  if (!workload) throw new UsageError(`${name} is no workload; there are ${Object.keys(workloads).join(', ')}`);
  return workload;
}
