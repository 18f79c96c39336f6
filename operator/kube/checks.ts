import type { Clock, Instant } from './clock.ts';
import { messageOf } from './errors.ts';
import type { Resource } from './object.ts';

/** One thing that can be wrong. */
export interface Check {
  readonly name: string;
  /** What is wrong, in words; nothing when all is well. */
  readonly fault: () => string | undefined;
}

interface Contact {
  readonly resource: Resource;
  readonly hasSynced: boolean;
  readonly lastContact: Instant;
  readonly lastError: unknown;
}

/** A reflector that has not heard from the server for `limit` ms shows a world that may be gone. */
export function reflectorFresh(reflector: Contact, clock: Clock, limit = 300_000): Check {
  return {
    name: `watch of ${reflector.resource.plural}`,
    fault: () => {
      const silent = clock.now() - reflector.lastContact;
      if (silent <= limit) return undefined;
      return `no contact for ${Math.round(silent / 1000)} s${because(reflector)}`;
    },
  };
}

/** The cache is filled. */
export function reflectorSynced(reflector: Contact): Check {
  return {
    name: `list of ${reflector.resource.plural}`,
    fault: () => (reflector.hasSynced ? undefined : `not listed yet${because(reflector)}`),
  };
}

/** Who leads must have renewed its lease; a standby is well. `limit` in ms. */
export function leaseFresh(
  elector: { readonly leading: boolean; readonly lastRenewal: Instant | undefined },
  clock: Clock,
  limit = 15_000,
): Check {
  return {
    name: 'lease',
    fault: () => {
      if (!elector.leading || elector.lastRenewal === undefined) return undefined;
      const age = clock.now() - elector.lastRenewal;
      return age <= limit ? undefined : `not renewed for ${Math.round(age / 1000)} s`;
    },
  };
}

/** A reconcile that does not come back holds its key and a worker for ever. `limit` in ms. */
export function workMoves(
  controller: { readonly name: string; readonly oldest: Instant | undefined },
  clock: Clock,
  limit = 600_000,
): Check {
  return {
    name: `work of ${controller.name}`,
    fault: () => {
      const age = controller.oldest === undefined ? 0 : clock.now() - controller.oldest;
      return age <= limit ? undefined : `one reconcile runs for ${Math.round(age / 1000)} s`;
    },
  };
}

function because({ lastError }: Contact): string {
  return lastError === undefined ? '' : `: ${messageOf(lastError)}`;
}
