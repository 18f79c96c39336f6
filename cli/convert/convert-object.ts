import { apiVersion } from '../../operator/api/crds.ts';
import { type ObjectProblem, shown } from '../../operator/api/structural/problem.ts';
import { type Fields, isFields } from '../../operator/api/structural/schema.ts';
import { validateBenchmark } from '../../operator/api/validate.ts';
import { validateBenchmarkSet } from '../../operator/api/validate-set.ts';
import { messageOf } from '../../operator/kube/errors.ts';
import type { JsonObject } from '../../operator/kube/merge-patch.ts';
import { compact } from './compact.ts';
import { apiVersions, converters, type Generation, generationOf } from './kinds.ts';
import { metadataOf } from './metadata.ts';
import { convertSet } from './set.ts';
import { type Note, Source } from './source.ts';
import { convertSuccessorSet } from './successor-set.ts';
import { specOf } from './template.ts';

interface Converted {
  object?: JsonObject;
  notes: Note[];
  problems: Note[];
}

/** One object of theirs as one of ours. Never throws. */
export function convertObject(object: unknown): Converted {
  if (!isFields(object)) return refused('', `is no object; it begins with apiVersion: ${apiVersions[0]}`);
  const generation = generationOf(object.apiVersion);
  if (!generation) return refused('apiVersion', `${shown(object.apiVersion)} cannot be converted; ${apiVersions.join(' and ')} can`);
  if (!isFields(object.spec)) return refused('spec', 'is missing or no object, and they require it');
  const notes: Note[] = [];
  const isSet = object.kind === 'BenchmarkSet';
  let spec: object | undefined;
  try {
    spec = isSet ? setSpec(object, generation, notes) : benchmarkSpec(object, generation, notes);
  } catch (error) {
    return refused('spec', messageOf(error));
  }
  if (!spec) return { notes, problems: notes.splice(-1) };
  const made = compact({ apiVersion, kind: isSet ? 'BenchmarkSet' : 'Benchmark', metadata: metadataOf(object.metadata), spec });
  const wrong: ObjectProblem[] = isSet ? validateBenchmarkSet(made) : validateBenchmark(made);
  tellRest(object, notes);
  return { object: made, notes, problems: wrong.map(({ path, message }) => ({ path, message: `${message} (as converted)` })) };
}

function refused(path: string, message: string): Converted {
  return { notes: [], problems: [{ path, message }] };
}

function benchmarkSpec({ kind, spec }: Fields, generation: Generation, notes: Note[]): object | undefined {
  const converter = typeof kind === 'string' ? converters[generation].get(kind) : undefined;
  if (converter) return specOf(converter, spec, (field) => `spec.${field}`, notes);
  notes.push({
    path: 'kind',
    message: `${shown(kind)} cannot be converted; ${[...converters[generation].keys(), 'BenchmarkSet'].join(', ')} can`,
  });
  return undefined;
}

function setSpec({ spec }: Fields, generation: Generation, notes: Note[]): object | undefined {
  const source = new Source(spec, (field) => `spec.${field}`, notes);
  const made = generation === 'stackhpc' ? convertSet(source, notes) : convertSuccessorSet(source, notes);
  if (made) source.end();
  return made;
}

/** A field beside the spec is a mistake in its place or its name. */
function tellRest(object: Fields, notes: Note[]): void {
  const source = new Source(object, (field) => field, notes);
  for (const known of ['apiVersion', 'kind', 'metadata', 'spec', 'status']) source.take(known);
  source.end();
}
