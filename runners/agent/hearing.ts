/** Whether a text was in an output so far, which comes in pieces. */
export class Hearing {
  readonly #text: string;
  #tail = '';
  #heard = false;

  constructor(text: string) {
    this.#text = text;
  }

  add(chunk: Buffer): void {
    // The text is plain ASCII, which a character cut between two pieces cannot change.
    const joined = this.#tail + chunk.toString('latin1');
    this.#heard ||= joined.includes(this.#text);
    this.#tail = joined.slice(-this.#text.length);
  }

  get heard(): boolean {
    return this.#heard;
  }
}
