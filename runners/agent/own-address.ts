import type { Family } from '../family.ts';
import { chosenAddress } from '../family.ts';
import { Refusal } from './refusal.ts';

/**
 * The pod's own address.
 * @param addresses all that count, the primary one first
 * @returns empty text where it has none and none of a family is asked for
 * @throws Refusal AddressMissing where none is of the family
 */
export function ownAddress(addresses: readonly string[], family: Family | undefined): string {
  const address = chosenAddress(addresses, family);
  if (address === undefined && family !== undefined) {
    throw new Refusal('AddressMissing', `the pod has no ${family} address, only ${addresses.join(', ') || 'none at all'}`);
  }
  return address ?? '';
}
