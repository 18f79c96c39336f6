import { closeSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

/** Bytes of one file of a log, as the kubelet's default; a log is kept in two. */
export const fileLimit = 10 * 1024 * 1024;

/** A container's log in at most two files: when one is full it takes the place of the older one. */
export class LogFile {
  readonly #path: string;
  readonly #limit: number;
  #file: number;
  #size = 0;

  constructor(path: string, limit: number = fileLimit) {
    this.#path = path;
    this.#limit = limit;
    this.#file = openSync(path, 'w');
  }

  /** Writes at once, so that a log is whole when its container is seen to have ended. What cannot be written is lost. */
  write(chunk: Buffer): void {
    try {
      if (this.#size + chunk.length > this.#limit && this.#size > 0) this.#rotate();
      this.#size += writeSync(this.#file, chunk);
    } catch {
      // The disk is full. A container must not end this program; a result that lay in the log is missed by whoever reads it.
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  #rotate(): void {
    renameSync(this.#path, olderOf(this.#path));
    const next = openSync(this.#path, 'w');
    closeSync(this.#file);
    this.#file = next;
    this.#size = 0;
  }
}

/** What to leave out of a log, as the API's log request says. */
export interface LogWindow {
  tailLines?: number;
  limitBytes?: number;
}

/** The text of a log, also of a closed one; empty when there is none. */
export function readLog(path: string, { tailLines, limitBytes }: LogWindow = {}): string {
  const text = Buffer.concat([olderOf(path), path].map(contentOf)).toString();
  const lines = tailLines === undefined ? text : lastLines(text, tailLines);
  return limitBytes === undefined ? lines : Buffer.from(lines).subarray(0, limitBytes).toString();
}

function lastLines(text: string, count: number): string {
  const lines = text.split('\n');
  const ended = lines.at(-1) === '' ? 1 : 0;
  return count === 0 ? '' : lines.slice(-(count + ended)).join('\n');
}

function olderOf(path: string): string {
  return `${path}.1`;
}

function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
