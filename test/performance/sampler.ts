import { usageOf } from './usage.ts';
import type { Usage } from './usage.ts';

/** A process at one moment. */
export interface Sample extends Usage {
  /** Milliseconds since 1970. */
  at: number;
}

/** Looks at a process twice a second. */
export class Sampler {
  readonly #pid: number;
  readonly #samples: Sample[] = [];
  readonly #timer: NodeJS.Timeout;
  #last: Promise<void>;

  constructor(pid: number) {
    this.#pid = pid;
    this.#last = this.#look();
    this.#timer = setInterval(() => {
      this.#last = this.#look();
    }, 500);
  }

  /** A last look. @returns all samples in order */
  async stop(): Promise<Sample[]> {
    clearInterval(this.#timer);
    await this.#last;
    await this.#look();
    return this.#samples;
  }

  async #look(): Promise<void> {
    const at = Date.now();
    // A process that ended says so where its work is waited for.
    const usage = await usageOf(this.#pid).catch(() => undefined);
    if (usage) this.#samples.push({ at, ...usage });
  }
}
