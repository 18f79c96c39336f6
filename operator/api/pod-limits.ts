import type { Limits } from '../../runners/workload.ts';
import type { BenchmarkSpec } from './types.ts';

/** The limits of each role's containers: those of all pods, and over them the role's own. */
export function podLimits({ pod, roles = {} }: BenchmarkSpec): Limits {
  return (role) => ({
    ...pod?.resources?.limits,
    ...(Object.hasOwn(roles, role) ? roles[role]?.pod?.resources?.limits : {}),
  });
}
