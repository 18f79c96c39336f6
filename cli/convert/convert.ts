import type { Document } from 'yaml';
import { apiVersion } from '../../operator/api/crds.ts';
import { type Fields, isFields } from '../../operator/api/structural/schema.ts';
import type { ObjectProblem } from '../../operator/api/structural/problem.ts';
import { validateBenchmark } from '../../operator/api/validate.ts';
import { validateBenchmarkSet } from '../../operator/api/validate-set.ts';
import { isEmpty, readYaml, toJson, yamlProblems } from '../../operator/api/yaml-document.ts';
import { offsetOf } from '../../operator/api/yaml-place.ts';
import type { JsonObject } from '../../operator/kube/merge-patch.ts';
import { messageOf } from '../../operator/kube/errors.ts';
import { compact } from './compact.ts';
import { apiVersions, converters, type Generation, generationOf } from './kinds.ts';
import { convertSet } from './set.ts';
import { type Note, Source } from './source.ts';
import { convertSuccessorSet } from './successor-set.ts';
import { specOf } from './template.ts';

/** A word about one place of a file; lines count from 1. */
export interface PlacedNote extends Note {
  line: number;
}

export interface Conversion {
  objects: JsonObject[];
  /** What was left out or became something else. */
  notes: PlacedNote[];
  /** Why there is no object; paths are those of the result where the result is what is wrong. */
  problems: PlacedNote[];
}

/** Makes objects of ours of all documents of a text. Never throws. */
export function convertText(text: string): Conversion {
  try {
    const { documents, lineAt } = readYaml(text);
    const conversions = documents.filter((document) => !isEmpty(document)).map((document) => convertDocument(document, lineAt));
    if (conversions.length === 0) return refused('holds no object');
    return {
      objects: conversions.flatMap(({ objects }) => objects),
      notes: conversions.flatMap(({ notes }) => notes),
      problems: conversions.flatMap(({ problems }) => problems),
    };
  } catch (error) {
    return refused(`cannot be read as YAML: ${messageOf(error)}`);
  }
}

function refused(message: string): Conversion {
  return { objects: [], notes: [], problems: [{ line: 1, path: '', message }] };
}

function convertDocument(document: Document.Parsed, lineAt: (offset: number) => number): Conversion {
  const broken = yamlProblems(document).map(({ offset, path, message }) => ({ line: lineAt(offset), path, message }));
  if (broken.length > 0) return { objects: [], notes: [], problems: broken };
  const { object, notes, problems } = convertObject(toJson(document));
  const placed = (found: readonly Note[]) =>
    distinct(found).map(({ path, message }) => ({ line: lineAt(offsetOf(document.contents, path)), path, message }));
  return { objects: object && problems.length === 0 ? [object] : [], notes: placed(notes), problems: placed(problems) };
}

/** A template is converted for each of its cells, which leave out the same. */
function distinct(notes: readonly Note[]): Note[] {
  return [...new Map(notes.map((note) => [`${note.path}\n${note.message}`, note])).values()];
}

/** One object of theirs as one of ours. */
export function convertObject(object: unknown): { object?: JsonObject; notes: Note[]; problems: Note[] } {
  const notes: Note[] = [];
  const fields = isFields(object) ? object : {};
  const generation = generationOf(fields['apiVersion']);
  if (!generation)
    return {
      notes,
      problems: [{ path: 'apiVersion', message: `${String(fields['apiVersion'])} cannot be converted; ${apiVersions.join(' and ')} can` }],
    };
  const isSet = fields['kind'] === 'BenchmarkSet';
  let spec: object | undefined;
  try {
    spec = isSet ? setSpec(fields, generation, notes) : benchmarkSpec(fields, generation, notes);
  } catch (error) {
    return { notes: [], problems: [{ path: 'spec', message: messageOf(error) }] };
  }
  if (!spec) return { notes, problems: notes.splice(-1) };
  const made = compact({ apiVersion, kind: isSet ? 'BenchmarkSet' : 'Benchmark', metadata: metadataOf(fields['metadata']), spec });
  const wrong: ObjectProblem[] = isSet ? validateBenchmarkSet(made) : validateBenchmark(made);
  return { object: made, notes, problems: wrong.map(({ path, message }) => ({ path, message: `${message} (as converted)` })) };
}

function benchmarkSpec({ kind, spec }: Fields, generation: Generation, notes: Note[]): object | undefined {
  const converter = typeof kind === 'string' ? converters[generation].get(kind) : undefined;
  if (converter) return specOf(converter, spec, (field) => `spec.${field}`, notes);
  notes.push({
    path: 'kind',
    message: `${String(kind)} cannot be converted; ${[...converters[generation].keys(), 'BenchmarkSet'].join(', ')} can`,
  });
  return undefined;
}

function setSpec({ spec }: Fields, generation: Generation, notes: Note[]): object | undefined {
  const source = new Source(spec, (field) => `spec.${field}`, notes);
  const made = generation === 'stackhpc' ? convertSet(source, notes) : convertSuccessorSet(source, notes);
  if (made) source.end();
  return made;
}

/** Name and what a user said about the object; the rest of it is of the cluster that it comes from. */
function metadataOf(metadata: unknown): object {
  const { name, namespace, labels, annotations } = isFields(metadata) ? metadata : {};
  const own = isFields(annotations)
    ? Object.entries(annotations).filter(([key]) => key !== 'kubectl.kubernetes.io/last-applied-configuration')
    : [];
  return { name, namespace, labels, annotations: Object.fromEntries(own) };
}
