import { parseArgs } from 'node:util';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import type { SoakReport } from './report.ts';

/** What a thread is told: the gate that it waits at, and for how long to count. */
interface Assignment {
  gate: Int32Array;
  seconds: number;
}

const ready = 0;
const open = 1;
const chunk = 10_000;

/** Waits at the gate, then counts in chunks until the time is over; the clock is read between chunks only, so that it costs nothing. */
function count({ gate, seconds }: Assignment): { iterations: number; state: number } {
  Atomics.add(gate, ready, 1);
  Atomics.notify(gate, ready);
  Atomics.wait(gate, open, 0);
  const end = performance.now() + seconds * 1000;
  let iterations = 0;
  // Each step of the generator needs the one before, and the state is handed out, so that the compiler cannot shorten the loop.
  let state = 1;
  while (performance.now() < end) {
    for (let step = 0; step < chunk; step++) state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    iterations += chunk;
  }
  return { iterations, state };
}

/**
 * Starts the threads, lets them begin together when all are there, and waits for their end.
 * @param seconds wall time that each thread counts
 */
async function soak(workers: number, seconds: number): Promise<SoakReport> {
  const gate = new Int32Array(new SharedArrayBuffer(8));
  const counts = Promise.all(Array.from({ length: workers }, async () => counted({ gate, seconds })));
  for (let there = 0; there < workers; there = Atomics.load(gate, ready)) {
    await Promise.race([Atomics.waitAsync(gate, ready, there, 1000).value, counts]);
  }
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  Atomics.store(gate, open, 1);
  Atomics.notify(gate, open);
  const iterations = await counts;
  const elapsed = (performance.now() - before) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { soak: 1, elapsed, cpuTime: (user + system) / 1e6, iterations };
}

/** One thread's number of iterations. */
async function counted(assignment: Assignment): Promise<number> {
  const worker = new Worker(import.meta.filename, { workerData: assignment });
  return new Promise((resolve, reject) => {
    worker.once('message', ({ iterations }: ReturnType<typeof count>) => resolve(iterations));
    worker.once('error', reject).once('exit', (code) => reject(new Error(`a thread ended with ${code} before it had counted`)));
  });
}

if (isMainThread) {
  const { values } = parseArgs({ options: { workers: { type: 'string' }, seconds: { type: 'string' } } });
  const [workers, seconds] = [Number(values.workers), Number(values.seconds)];
  if (!(Number.isInteger(workers) && workers > 0 && seconds > 0)) throw new RangeError('--workers and --seconds must be numbers above 0');
  const report = await soak(workers, seconds);
  process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
} else {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread is no window
  parentPort?.postMessage(count(workerData));
}
