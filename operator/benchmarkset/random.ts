/**
 * A generator of numbers from 0 (included) to 1 (excluded) that gives the same sequence for the same seed everywhere:
 * mulberry32, public domain, Tommy Ettinger 2017.
 * @param seed a whole number from 0 to 2^53 - 1; its upper bits are folded into the lower 32
 */
export function randomOf(seed: number): () => number {
  let state = (seed ^ Math.floor(seed / 2 ** 32)) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A copy in random order: sorted by a random key each. Two equal keys in 2^32 would merely keep their order. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** A seed for a set that names none, from its uid (32-bit FNV-1a): no state is lost with the operator that chose it. */
export function seedOf(uid: string): number {
  return Buffer.from(uid).reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
}
