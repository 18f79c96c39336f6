import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';

import type { Clock } from '../../operator/kube/clock.ts';
import { LogFile } from './log-file.ts';
import type { ContainerState, Terminated } from './pod.ts';
import { terminationMessage } from './termination-message.ts';
import type { MessageSource } from './termination-message.ts';
import { timeOf } from './time.ts';

/** A container ready to run as a child process. */
export interface Launch {
  argv: [program: string, ...args: string[]];
  cwd: string;
  env: Record<string, string>;
  message: MessageSource;
}

// Somebody else may hold the pipes open; output later than this, ms after the process' end, is not waited for.
const drain = 1000;
// As the kubelet says for a program that the runtime cannot start.
const startError = 128;

/** One container as a process in a group of its own, its output in a bounded log. */
export class ContainerProcess {
  readonly #launch: Launch;
  readonly #clock: Clock;
  readonly #startedAt: string;
  readonly #log: LogFile;
  readonly #child: ChildProcess;
  /** Resolves when the process has ended and `state` says how. */
  readonly ended: Promise<void>;
  state: ContainerState;

  constructor(launch: Launch, clock: Clock) {
    this.#launch = launch;
    this.#clock = clock;
    this.#startedAt = timeOf(clock.now());
    this.state = { running: { startedAt: this.#startedAt } };
    this.#log = new LogFile(launch.message.logPath);
    const [program, ...args] = launch.argv;
    // Standard input is held open and never written: its end tells the process that this kubelet is gone.
    this.#child = spawn(program, args, { cwd: launch.cwd, env: launch.env, stdio: 'pipe', detached: true });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#log.write(chunk);
      });
    }
    this.#child.stdin?.on('error', () => {
      // The process closed its end, as most do.
    });
    this.ended = this.#watch();
  }

  /** Signals the process and what it started in its group. */
  signal(signal: 'SIGTERM' | 'SIGKILL'): void {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // It ended in this moment; its exit is on the way.
    }
  }

  async #watch(): Promise<void> {
    const failure = await exitOf(this.#child, this.#clock);
    for (const stream of this.#child.stdio) stream?.destroy();
    this.#log.close();
    this.state = { terminated: failure ? this.#notStarted(failure) : await this.#terminated() };
  }

  #notStarted(error: Error): Terminated {
    const [program] = this.#launch.argv;
    const missing = 'code' in error && error.code === 'ENOENT';
    const message = missing ? `exec: "${program}": executable file not found in $PATH; this machine lacks the program` : error.message;
    return { exitCode: startError, reason: 'StartError', message, startedAt: this.#startedAt, finishedAt: timeOf(this.#clock.now()) };
  }

  async #terminated(): Promise<Terminated> {
    const { exitCode, signalCode } = this.#child;
    const signal = signalCode === null ? undefined : constants.signals[signalCode];
    const code = exitCode ?? 128 + (signal ?? 0);
    const message = await terminationMessage(this.#launch.message, code);
    return {
      exitCode: code,
      ...(signal === undefined ? {} : { signal }),
      reason: code === 0 ? 'Completed' : 'Error',
      ...(message === '' ? {} : { message }),
      startedAt: this.#startedAt,
      finishedAt: timeOf(this.#clock.now()),
    };
  }
}

/** Waits for the end of a process and of its output. @returns the error of one that could not be started */
function exitOf(child: ChildProcess, clock: Clock): Promise<Error | undefined> {
  return new Promise((resolve) => {
    let giveUp: (() => void) | undefined;
    child.once('error', resolve);
    child.once('close', () => {
      // A timer left behind would keep this program running after its last pod.
      giveUp?.();
      resolve(undefined);
    });
    child.once('exit', () => {
      giveUp = clock.after(drain, () => {
        resolve(undefined);
      });
    });
  });
}
