import type { RolePlan } from '../../runners/workload.ts';
import type { PodState } from '../backends/backend.ts';
import { peersText } from '../backends/peers.ts';
import type { Observed } from './observed.ts';
import { peersOf } from './roles.ts';

/** A pod that started before its peers had addresses, and what it is to be told; without a text as long as an address is missing. */
export interface Untold {
  pod: PodState;
  role: RolePlan;
  text: string | undefined;
}

/** Pods that have not been told the addresses that their peers have now. */
export function untoldPods(seen: Observed): Untold[] {
  if (!seen.startsTogether) return [];
  const peers = peersOf(seen);
  return seen.roles.flatMap((role) => {
    if (!role.after?.length) return [];
    const text = peersText(role, peers);
    return seen.pods
      .filter((pod) => pod.role === role.name && !pod.ended && !pod.deleting && (text === undefined || pod.told !== text))
      .map((pod) => ({ pod, role, text }));
  });
}
