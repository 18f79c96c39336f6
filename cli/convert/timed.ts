import { apiVersion } from '../../operator/api/crds.ts';
import type { Benchmark } from '../../operator/api/types.ts';
import { validateBenchmark } from '../../operator/api/validate.ts';
import type { JsonObject } from '../../operator/kube/merge-patch.ts';
import { outlasts } from '../outlasts.ts';

/** Theirs run without a limit of time; a valid run that ours would end too early gets the longest that a tool may have. */
export function timed(spec: JsonObject): JsonObject {
  const alone = { apiVersion, kind: 'Benchmark', metadata: { name: 'converted' }, spec };
  return isValid(alone) && outlasts(alone.spec) ? { ...spec, timeouts: { running: '24h' } } : spec;
}

function isValid(object: object): object is Benchmark {
  return validateBenchmark(object).length === 0;
}
