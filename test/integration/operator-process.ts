import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BackgroundProcess } from '../cluster/process.ts';
import { start } from '../cluster/process.ts';
import { until } from './until.ts';

const main = join(import.meta.dirname, '../../operator/main.ts');

/** The operator as it is installed: a process of its own. */
export class OperatorProcess {
  readonly #process: BackgroundProcess;
  readonly #folder: string;
  readonly #log: string;

  private constructor(process: BackgroundProcess, folder: string, log: string) {
    this.#process = process;
    this.#folder = folder;
    this.#log = log;
  }

  /** Starts the operator and waits until it watches. @param flags of operator/main.ts beside the kubeconfig */
  static async start(kubeconfig: string, flags: readonly string[] = ['--leader-elect=false']): Promise<OperatorProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'assay-operator-'));
    const log = join(folder, 'operator.log');
    const args = [main, '--kubeconfig', kubeconfig, '--health-port=0', '--image-tag=test', ...flags];
    const operator = new OperatorProcess(await start('operator', process.execPath, args, log), folder, log);
    await operator.untilLogged('watching');
    return operator;
  }

  /** Waits for a line of the log with this message. @throws Error with the last lines when the process ends or 30 s pass */
  async untilLogged(message: string): Promise<Record<string, unknown>> {
    const look = async () => {
      const line = (await this.#lines()).find(({ msg }) => msg === message);
      const end = this.#process.ended();
      if (line === undefined && end !== undefined) throw new Error(`the operator ended (${end}):\n${await this.#process.lastLines()}`);
      return line;
    };
    return await until(`operator logs "${message}"`, look, 30_000, () => this.#process.lastLines());
  }

  async hasLogged(message: string): Promise<boolean> {
    return (await this.#lines()).some(({ msg }) => msg === message);
  }

  signal(signal: NodeJS.Signals): void {
    process.kill(this.#process.pid, signal);
  }

  /** Waits for the end. @returns `code 0`, or the name of a signal */
  async ended(limit?: number): Promise<string> {
    return await until(
      'the operator ended',
      async () => this.#process.ended(),
      limit,
      () => this.#process.lastLines(),
    );
  }

  /** Answer of an endpoint beside the API: /healthz, /readyz, /metrics. */
  async ask(path: string): Promise<{ status: number; text: string }> {
    const { port } = await this.untilLogged('watching');
    const reply = await fetch(`http://127.0.0.1:${String(port)}${path}`);
    return { status: reply.status, text: await reply.text() };
  }

  /** Ends it at once and removes its files. */
  async kill(): Promise<void> {
    await this.#process.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #lines(): Promise<Record<string, unknown>[]> {
    const text = await readFile(this.#log, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
    return whole.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}
