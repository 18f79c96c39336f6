import type { Followed } from '../followed.ts';

/** Where progress lines go. Objects are known by their place in the list. */
export interface Display {
  show(index: number, line: string, object: Followed): void;
  /** Says what is happening to all of them. */
  note(text: string): void;
  /** Resolves when the last line is written. */
  end(): Promise<void>;
}
