/** Address family, in Kubernetes' words. */
export type Family = 'IPv4' | 'IPv6';

/** Family of a literal address. */
export function familyOf(address: string): Family {
  return address.includes(':') ? 'IPv6' : 'IPv4';
}

/** Those of IPv4 before those of IPv6, so that operator and agent, who learn them in different ways, choose the same one. */
export function fourFirst(addresses: readonly string[]): string[] {
  return addresses.toSorted((a, b) => Number(a.includes(':')) - Number(b.includes(':')));
}

/** The first address of the family, or the first of all where none is asked for. */
export function chosenAddress(addresses: readonly string[], family: Family | undefined): string | undefined {
  return family === undefined ? addresses[0] : addresses.find((address) => familyOf(address) === family);
}
