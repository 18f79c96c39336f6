import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../cluster/process.ts';
import { until } from '../integration/until.ts';
import { inspectable, liveHeap } from './live-heap.ts';

/** Who runs the members: the operator, or the bare loop that makes the same writes. */
export type SubjectName = 'operator' | 'bare';

/** A subject's process, ready for a set. */
export interface Subject {
  readonly pid: number;
  /** How it ended, while it should run. */
  ended(): string | undefined;
  lastLines(): Promise<string>;
  /** Bytes of live objects. */
  heap(): Promise<number>;
  stop(): Promise<void>;
}

const folder = import.meta.dirname;
const tag = 'bench';

/** As installed, with the default limit of requests, but without a lease: no second operator is there. */
const operatorFlags = ['--leader-elect=false', '--health-port=0'];

/** Starts a subject and returns when its watches have begun. @param node further flags of Node, to profile */
export async function startSubject(name: SubjectName, kubeconfig: string, node: readonly string[] = []): Promise<Subject> {
  const scratch = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  const log = join(scratch, `${name}.log`);
  const words =
    name === 'operator'
      ? [join(folder, '../../operator/main.ts'), `--kubeconfig=${kubeconfig}`, `--image-tag=${tag}`, ...operatorFlags]
      : [join(folder, 'bare.ts'), kubeconfig, tag];
  const running = await start(name, process.execPath, [inspectable, ...node, ...words], log);
  const ready = async () => {
    const end = running.ended();
    if (end !== undefined) throw new Error(`${name} ended (${end}):\n${await running.lastLines()}`);
    return (await isReady(await readFile(log, 'utf8'))) ? true : undefined;
  };
  const remove = async () => {
    await running.kill();
    await rm(scratch, { recursive: true, force: true });
  };
  try {
    await until(`${name} watches`, ready, 60_000, () => running.lastLines());
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    pid: running.pid,
    ended: () => running.ended(),
    lastLines: () => running.lastLines(),
    heap: async () => await liveHeap(await readFile(log, 'utf8')),
    stop: async () => {
      if (running.ended() === undefined) process.kill(running.pid, 'SIGTERM');
      // An orderly end, so that Node writes a profile that its flags asked for.
      try {
        await until(`${name} ended`, async () => running.ended());
      } finally {
        await remove();
      }
    },
  };
}

/** The operator names the port that says whether its caches are full; the bare loop says it itself. */
async function isReady(log: string): Promise<boolean> {
  const line = log.split('\n').find((text) => text.includes('watching'));
  if (line === undefined) return false;
  if (!line.startsWith('{')) return true;
  const { port } = JSON.parse(line) as { port: number };
  return (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.ok === true;
}
