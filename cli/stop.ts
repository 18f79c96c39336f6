import { type Clock, systemClock } from '../operator/kube/clock.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface SignalSource {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  off(signal: NodeJS.Signals, listener: () => void): unknown;
}

/** What ends a run before its time. */
export interface Stop {
  /** Aborts at the first Ctrl-C or at the time limit: cancel and clean up. Its reason says which. */
  readonly cancel: AbortSignal;
  /** Aborts at the second Ctrl-C: wait for nobody. A third one ends the process as if nobody listened. */
  readonly force: AbortSignal;
  /** Listens no more. */
  release(): void;
}

/** @param limit seconds, with the text that the user wrote for them */
export function listenForStop(
  limit: { seconds: number; text: string } | undefined,
  { source = process, clock = systemClock }: { source?: SignalSource; clock?: Clock } = {},
): Stop {
  const cancel = new AbortController();
  const force = new AbortController();
  const interrupted = () => {
    if (!cancel.signal.aborted) {
      cancel.abort(new Error('interrupted'));
      return;
    }
    // After the time limit, the first Ctrl-C is the second wish to end.
    force.abort(new Error('interrupted again'));
    stopListening();
  };
  const stopListening = () => {
    for (const signal of signals) source.off(signal, interrupted);
  };
  for (const signal of signals) source.on(signal, interrupted);
  const forget = limit && clock.after(limit.seconds * 1000, () => cancel.abort(new Error(`not finished after ${limit.text}`)));
  return {
    cancel: cancel.signal,
    force: force.signal,
    release: () => {
      stopListening();
      forget?.();
    },
  };
}
