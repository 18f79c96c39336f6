import { chosenAddress } from '../../runners/family.ts';
import type { BenchmarkSpec } from '../api/types.ts';
import type { Cause, PodState } from '../backends/backend.ts';

/** The pod with the address that counts: the first of the family that the spec asks for, or its primary one. */
export function addressed(pod: PodState, { network }: BenchmarkSpec): PodState {
  const ip = chosenAddress(pod.addresses, network?.ipFamily);
  return ip === undefined ? pod : { ...pod, ip };
}

/** Why a pod that has addresses has none that counts. A pod gets all of them at once, so waiting does not help. */
export function addressMissing({ name, node, addresses, ip }: PodState, { network }: BenchmarkSpec): Cause | undefined {
  if (ip !== undefined || addresses.length === 0) return undefined;
  const place = node === undefined ? '' : ` on ${node}`;
  return {
    reason: 'AddressMissing',
    message:
      `${name}${place} has no ${network?.ipFamily} address, only ${addresses.join(', ')}; ` +
      'choose the other spec.network.ipFamily, or nodes and a network that have both families',
  };
}
