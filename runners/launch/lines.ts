/** Puts lines together from the pieces in which a connection brings them. */
export class Lines {
  readonly #longest: number;
  #rest = '';

  /** @param longest characters of a line */
  constructor(longest: number) {
    this.#longest = longest;
  }

  /** @returns the lines that end in this piece. @throws RangeError for one that is too long */
  add(piece: Buffer): string[] {
    // Lines are plain ASCII, which a character cut between two pieces cannot change.
    const lines = (this.#rest + piece.toString('latin1')).split('\n');
    this.#rest = lines.pop() ?? '';
    if ([...lines, this.#rest].some(({ length }) => length > this.#longest)) {
      throw new RangeError(`a line of more than ${this.#longest} characters came`);
    }
    return lines;
  }
}
