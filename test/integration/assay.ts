import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { stringify } from 'yaml';

export const root = dirname(dirname(import.meta.dirname));

/** How a command ended and what it said. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A command under way. */
export interface Started {
  child: ChildProcess;
  ended: Promise<Ended>;
  /** Resolves when standard error has had this text. */
  said(what: string): Promise<void>;
}

/** Runs the command line as a user would, with a home and a folder for temporary files of its own and without any kubeconfig. */
export class Assay {
  readonly #folder = mkdtempSync(join(tmpdir(), 'assay-cli-'));
  readonly #temporary = join(this.#folder, 'tmp');

  constructor() {
    mkdirSync(this.#temporary);
  }

  /** A path for the test's own files. */
  path(name: string): string {
    return join(this.#folder, name);
  }

  /** Writes objects as documents of one YAML file. @returns its path */
  file(name: string, ...objects: object[]): string {
    writeFileSync(this.path(name), objects.map((object) => stringify(object)).join('---\n'));
    return this.path(name);
  }

  start(args: string[], { program = join(root, 'cli/assay.js'), env = {}, input = '' }: Options = {}): Started {
    const { PATH = '' } = process.env;
    const child = spawn(process.execPath, [program, ...args], {
      cwd: root,
      env: { PATH, HOME: this.#folder, TMPDIR: this.#temporary, ...env },
    });
    child.stdin.end(input);
    let seen = '';
    const waiting = new Set<() => void>();
    child.stderr.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      for (const look of waiting) look();
    });
    const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
    const ended = Promise.all([exit, text(child.stdout)]).then(([code, stdout]) => ({ code, stdout, stderr: seen }));
    const said = (what: string) =>
      new Promise<void>((resolve, reject) => {
        const look = () => {
          if (seen.includes(what)) resolve();
        };
        waiting.add(look);
        look();
        void exit.then(() => reject(new Error(`ended without saying ${JSON.stringify(what)}: ${seen}`)));
      });
    return { child, ended, said };
  }

  async run(args: string[], options: Options = {}): Promise<Ended> {
    return await this.start(args, options).ended;
  }

  /** Temporary files and processes that commands left behind. */
  leftovers(): { files: string[]; processes: string[] } {
    return { files: readdirSync(this.#temporary), processes: processesNaming(this.#temporary) };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

interface Options {
  program?: string;
  env?: Record<string, string>;
  /** Standard input. */
  input?: string;
}

/** A Benchmark that sleeps, the cheapest there is. */
export function nap(duration: string, name = 'nap', spec: object = {}): object {
  return { apiVersion: 'assay.dev/v1alpha1', kind: 'Benchmark', metadata: { name }, spec: { sleep: { duration }, ...spec } };
}

/** Ids of the processes that have the folder, or one below it, in their environment. */
function processesNaming(folder: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`=${folder}`);
    } catch {
      return false; // It has ended meanwhile.
    }
  });
}
