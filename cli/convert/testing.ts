import type { JsonObject } from '../../operator/kube/merge-patch.ts';
import type { Converter } from './kinds.ts';
import type { Note } from './source.ts';
import { specOf } from './template.ts';

/** What a converter makes of a spec, for tests. */
export function convertedSpec(converter: Converter, spec: object): { spec: JsonObject; notes: Note[] } {
  const notes: Note[] = [];
  return { spec: specOf(converter, spec, (field) => `spec.${field}`, notes), notes };
}

/** A benchmark of the first generation as it stands in a file, for tests. */
export const theirIPerf = (more: object = {}) => ({
  apiVersion: 'perftest.stackhpc.com/v1alpha1',
  kind: 'IPerf',
  metadata: { name: 'net' },
  spec: { duration: 5, streams: 1 },
  ...more,
});
