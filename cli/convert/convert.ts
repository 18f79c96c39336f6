import type { Document } from 'yaml';
import { isFields } from '../../operator/api/structural/schema.ts';
import { isEmpty, readYaml, toJson, yamlProblems } from '../../operator/api/yaml-document.ts';
import { offsetOf } from '../../operator/api/yaml-place.ts';
import type { JsonObject } from '../../operator/kube/merge-patch.ts';
import { messageOf } from '../../operator/kube/errors.ts';
import { convertObject } from './convert-object.ts';
import type { Note } from './source.ts';

/** A word about one place of a file; lines count from 1. */
export interface PlacedNote extends Note {
  line: number;
}

export interface Conversion {
  objects: JsonObject[];
  /** What was left out or became something else, in the order of the text. */
  notes: PlacedNote[];
  /** Why there is no object; paths are those of the result where the result is what is wrong. */
  problems: PlacedNote[];
}

/** Makes objects of ours of all documents of a text. Never throws. */
export function convertText(text: string): Conversion {
  try {
    const { documents, lineAt } = readYaml(text);
    const conversions = documents.filter((document) => !isEmpty(document)).flatMap((document) => convertDocument(document, lineAt));
    if (conversions.length === 0) return refused('holds no object');
    const byLine = (a: PlacedNote, b: PlacedNote) => a.line - b.line;
    return {
      objects: conversions.flatMap(({ objects }) => objects),
      notes: conversions.flatMap(({ notes }) => notes).toSorted(byLine),
      problems: conversions.flatMap(({ problems }) => problems).toSorted(byLine),
    };
  } catch (error) {
    return refused(`cannot be read as YAML: ${messageOf(error)}`);
  }
}

function refused(message: string): Conversion {
  return { objects: [], notes: [], problems: [{ line: 1, path: '', message }] };
}

function convertDocument(document: Document.Parsed, lineAt: (offset: number) => number): Conversion[] {
  const broken = yamlProblems(document).map(({ offset, path, message }) => ({ line: lineAt(offset), path, message }));
  if (broken.length > 0) return [{ objects: [], notes: [], problems: broken }];
  return listed(toJson(document)).map(({ object: theirs, path: above }) => {
    const { object, notes, problems } = convertObject(theirs);
    const placed = (found: readonly Note[]) =>
      distinct(found).map(({ path, message }) => {
        const whole = above && path ? `${above}.${path}` : above || path;
        return { line: lineAt(offsetOf(document.contents, whole)), path: whole, message };
      });
    return { objects: object && problems.length === 0 ? [object] : [], notes: placed(notes), problems: placed(problems) };
  });
}

/** The objects of a list, as `kubectl get -o yaml` prints several, and their paths in it; anything else is one object. */
function listed(object: unknown): { object: unknown; path: string }[] {
  if (!isFields(object) || object.kind !== 'List' || !Array.isArray(object.items)) return [{ object, path: '' }];
  return object.items.map((item: unknown, index) => ({ object: item, path: `items[${index}]` }));
}

/** A template is converted for each of its cells, which leave out the same. */
function distinct(notes: readonly Note[]): Note[] {
  return [...new Map(notes.map((note) => [`${note.path}\n${note.message}`, note])).values()];
}
