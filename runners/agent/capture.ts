/** Keeps the beginning and the end of a stream of any length in bounded memory. */
export class Capture {
  readonly #half: number;
  // Both are reserved only when they are needed, and the system gives memory only for what is written.
  #head: Buffer | undefined;
  #ring: Buffer | undefined;
  #total = 0;

  /** @param limit bytes that are kept, half of them from either end; even. */
  constructor(limit: number) {
    this.#half = limit / 2;
  }

  /** Whether something in the middle is left out. */
  get truncated(): boolean {
    return this.#total > 2 * this.#half;
  }

  add(chunk: Buffer): void {
    this.#head ??= Buffer.allocUnsafeSlow(this.#half);
    if (this.#total < this.#half) chunk.copy(this.#head, this.#total);
    const rest = chunk.subarray(Math.max(0, this.#half - this.#total));
    this.#total += chunk.length;
    if (rest.length === 0) return;
    this.#ring ??= Buffer.allocUnsafeSlow(this.#half);
    const kept = rest.subarray(Math.max(0, rest.length - this.#half));
    const start = this.#positionOf(this.#total - kept.length);
    const copied = kept.copy(this.#ring, start);
    kept.copy(this.#ring, 0, copied);
  }

  /** What was kept; a line of its own says how much is left out in the middle. */
  text(): string {
    const head = this.#head?.subarray(0, this.#total) ?? Buffer.alloc(0);
    if (!this.#ring) return head.toString();
    if (!this.truncated) return Buffer.concat([head, this.#ring.subarray(0, this.#total - this.#half)]).toString();
    const end = this.#positionOf(this.#total);
    const tail = Buffer.concat([this.#ring.subarray(end), this.#ring.subarray(0, end)]);
    return `${head.toString()}\n[${this.#total - 2 * this.#half} bytes left out]\n${tail.toString()}`;
  }

  /** Where in the ring the byte with this number of the stream stands. */
  #positionOf(byte: number): number {
    return (byte - this.#half) % this.#half;
  }
}
