import { shown } from '../../operator/api/structural/problem.ts';
import type { JsonObject } from '../../operator/kube/merge-patch.ts';
import { compact } from './compact.ts';
import { type Converter, converters, generationOf } from './kinds.ts';
import { type Note, Source } from './source.ts';
import { timed } from './timed.ts';

/** What the members of a set of theirs have in common. */
export interface Template {
  /** As they stand in the file. */
  fields: unknown;
  converter: Converter;
}

/** The template of a set, either generation's; undefined, with a note, where its kind is not known. */
export function templateOf(spec: Source, notes: Note[]): Template | undefined {
  const template = spec.child('template');
  const [apiVersion, kind, fields] = [template.take('apiVersion'), template.take('kind'), template.take('spec')];
  const generation = generationOf(apiVersion);
  const converter = generation && typeof kind === 'string' ? converters[generation].get(kind) : undefined;
  if (converter) return { fields, converter };
  notes.push({ path: 'spec.template.kind', message: `${shown(kind)} of ${shown(apiVersion)} is no kind that can be converted` });
  return undefined;
}

/** Our spec of theirs; what it leaves out is in the notes, by its place in the file. */
export function specOf(converter: Converter, fields: unknown, pathOf: (field: string) => string, notes: Note[]): JsonObject {
  const source = new Source(fields, pathOf, notes);
  const spec = compact(converter(source));
  source.end();
  return timed(spec);
}
