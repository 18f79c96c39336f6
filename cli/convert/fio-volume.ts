import type { Draft } from './common.ts';
import type { Source } from './source.ts';

/** `volumeClaimTemplate`, the spec of a claim: one claim for all workers where it can be shared, else one for each. */
export function convertVolume(spec: Source): Draft | undefined {
  if (spec.take('volumeClaimTemplate') === undefined) return undefined;
  const claim = spec.child('volumeClaimTemplate');
  const modes = claim.take('accessModes');
  const shared = Array.isArray(modes) && modes.includes('ReadWriteMany');
  return {
    claimTemplate: {
      size: claim.child('resources').child('requests').take('storage'),
      storageClassName: claim.take('storageClassName'),
      accessMode: shared ? 'ReadWriteMany' : Array.isArray(modes) ? modes[0] : undefined,
      shared: shared || undefined,
    },
  };
}
