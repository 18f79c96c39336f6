/** Address family, in Kubernetes' words. */
export type Family = 'IPv4' | 'IPv6';

/** Family of a literal address. */
export function familyOf(address: string): Family {
  return address.includes(':') ? 'IPv6' : 'IPv4';
}

/** The first address of the family, or the first of all where none is asked for. */
export function chosenAddress(addresses: readonly string[], family: Family | undefined): string | undefined {
  return family === undefined ? addresses[0] : addresses.find((address) => familyOf(address) === family);
}
