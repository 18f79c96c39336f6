/** What goes wrong with one request. `after` counts the events of a watch that come through before it. */
export type Fault =
  /** The server refuses: 429, 500, 410, ... */
  | { type: 'Status'; code: number; retryAfterSeconds?: number }
  /** The connection breaks: instead of a reply, or in the middle of a watch. */
  | { type: 'Reset'; after?: number }
  /** Nothing comes any more, and nobody says so: instead of a reply, or in the middle of a watch. */
  | { type: 'Stall'; after?: number }
  /** The server ends the watch in good order, but too early. */
  | { type: 'Close'; after: number }
  /** The watch ends with an ERROR event. */
  | { type: 'Error'; code: number; after: number }
  /** Every event comes twice. */
  | { type: 'Duplicate' }
  /** Events are held back in groups of `window` and come out with the objects in turned order, each object's own in order. */
  | { type: 'Reorder'; window: number };

/** A request as a plan of faults sees it. */
export interface Seen {
  verb: 'list' | 'watch' | 'other';
  /** How many of the same verb came before it. */
  count: number;
  /** Pages after the first have a continue token. */
  continued: boolean;
}

/** Which fault, if any, a request meets. */
export type FaultPlan = (seen: Seen) => Fault | undefined;

/** The n-th request of a verb meets the n-th fault; where the script is at its end, all goes well. */
export function script(faults: { [verb in Seen['verb']]?: (Fault | undefined)[] }): FaultPlan {
  return ({ verb, count }) => faults[verb]?.[count];
}

/** The Status of a refusal, as a server words it. */
export function statusOf(code: number, retryAfterSeconds?: number): object {
  const { reason, message } = refusals[code] ?? { reason: 'InternalError', message: 'an injected fault' };
  const details = retryAfterSeconds === undefined ? {} : { details: { retryAfterSeconds } };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, ...details, code };
}

const refusals: Record<number, { reason: string; message: string }> = {
  410: { reason: 'Expired', message: 'too old resource version: 1 (2)' },
  429: { reason: 'TooManyRequests', message: 'The server has received too many requests and has asked us to try again later' },
  503: { reason: 'ServiceUnavailable', message: 'apiserver not ready' },
};
