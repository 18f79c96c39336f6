import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const scripts = dirname(import.meta.dirname);

/** What a process left behind. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A checkout in a temporary folder with a few of the scripts, and programs that only look like the real ones. */
export class Checkout implements Disposable {
  readonly root: string;
  readonly bin: string;

  constructor(...names: string[]) {
    this.root = mkdtempSync(join(tmpdir(), 'assay-checkout-'));
    this.bin = join(this.root, 'bin');
    this.write('package.json', '{"type": "module"}');
    for (const name of names) {
      this.write(`scripts/${name}`, '');
      copyFileSync(join(scripts, name), join(this.root, 'scripts', name));
    }
  }

  write(path: string, text: string): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  read(path: string): string | undefined {
    try {
      return readFileSync(join(this.root, path), 'utf8');
    } catch {
      return undefined;
    }
  }

  remove(path: string): void {
    rmSync(join(this.root, path));
  }

  /** A program that notes its name, arguments and folder, and then does what the shell script says. */
  program(path: string, script = ''): void {
    this.write(path, `#!/bin/sh\necho "$PWD: \${0##*/} $*" >>'${join(this.root, 'calls')}'\n${script}\n`);
    chmodSync(join(this.root, path), 0o755);
  }

  /** Calls of the programs so far, in order, as `folder: program arguments`; the checkout's own folder is `.`. */
  calls(): string[] {
    const lines = (this.read('calls') ?? '').split('\n').filter(Boolean);
    return lines.map((line) => line.trimEnd().replace(`${this.root}:`, '.:'));
  }

  /** Runs node. @param env all of it: nothing is inherited */
  node(words: readonly string[], env: Record<string, string> = {}): Ended {
    const options = { cwd: tmpdir(), env: { PATH: this.bin, ...env }, encoding: 'utf8', timeout: 20_000 } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, words, options);
    return { code: status, stdout, stderr };
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true });
  }
}
