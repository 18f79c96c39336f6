import type { BenchmarkStatus } from '../api/types.ts';
import { resultsName } from '../results/configmap.ts';
import type { Decision, Observed } from './observed.ts';

/**
 * The results ConfigMap of an ended benchmark. A lone one always gets it, if any pod left a record; a member of a set only to keep
 * raw output, for its figures are in the set's.
 * @returns undefined when there is nothing to publish
 */
export function publication(seen: Observed, status: BenchmarkStatus): Pick<Decision, 'actions' | 'status'> | undefined {
  const { metadata } = seen.benchmark;
  const records = seen.pods.flatMap(({ ended }) => ended?.record ?? []);
  const isMember = metadata.labels?.['assay.dev/set'] !== undefined;
  if (records.length === 0 || (isMember && !records.some(({ output }) => output))) return undefined;
  if (seen.unpublished !== undefined) {
    // The figures are in the status; that the rest could not be written must not cost the run.
    return { actions: [], status: { ...status, warnings: [...(status.warnings ?? []), seen.unpublished] } };
  }
  const name = resultsName(metadata.name);
  const whole: BenchmarkStatus = { ...status, resultsRef: { kind: 'ConfigMap', name } };
  return { actions: [{ type: 'Publish', name, status: whole, records }], status: whole };
}
