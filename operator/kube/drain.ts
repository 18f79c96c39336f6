import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { Logger } from './logger.ts';
import { silentLogger } from './logger.ts';
import { within } from './wait.ts';

/** Something that was started and must be stopped. */
export interface Part {
  readonly name: string;
  readonly stop: () => Promise<void>;
  /** Longest time it may take, ms; 10 s. */
  readonly limit?: number;
}

/**
 * Stops parts one after another, in the order given: first what takes work in, last what carries it. One that fails or hangs
 * does not keep the next from being stopped.
 * @returns names of those that failed or did not end in time
 */
export async function stopInOrder(parts: Part[], clock: Clock = systemClock, logger: Logger = silentLogger): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, stop, limit = 10_000 } of parts) {
    try {
      await within(clock, limit, `stop of ${name}`, stop);
    } catch (error) {
      failed.push(name);
      logger.warn({ err: error, part: name }, 'not stopped cleanly');
    }
  }
  return failed;
}

interface SignalSource {
  once(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  removeListener(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
}

/** Calls `handler` on the first of the signals. @returns a function that stops listening, so that the process can end by itself */
export function onSignal(signals: NodeJS.Signals[], handler: (signal: NodeJS.Signals) => void, target: SignalSource = process): () => void {
  const ignore = () => {
    for (const signal of signals) target.removeListener(signal, act);
  };
  const act = (signal: NodeJS.Signals) => {
    ignore();
    handler(signal);
  };
  for (const signal of signals) target.once(signal, act);
  return ignore;
}
