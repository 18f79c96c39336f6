import type { Parameters } from './matrix.ts';
import type { Note } from './source.ts';

const placeholder = /\{\{\s*(?:p|params|parameters)((?:\.\w+|\[\d+\])+)\s*(?:\|\s*toyaml\s*)?\}\}/g;

/**
 * Fills in the parameters of a set's template. A text that is one placeholder becomes the value itself, whatever its type; a parameter that is
 * not given makes the field go.
 * @param path of `value`, for the notes
 */
export function fillIn(value: unknown, parameters: Parameters, path: string, notes: Note[]): unknown {
  if (typeof value === 'string') return fillText(value, parameters, path, notes);
  if (Array.isArray(value)) return value.map((item, index) => fillIn(item, parameters, `${path}[${index}]`, notes));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, fillIn(field, parameters, `${path}.${key}`, notes)]));
}

function fillText(text: string, parameters: Parameters, path: string, notes: Note[]): unknown {
  const parts = [...text.matchAll(placeholder)];
  const [first] = parts;
  if (first?.[0] === text.trim()) return lookUp(parameters, first[1] ?? '');
  const values = parts.map(([, name = '']) => lookUp(parameters, name));
  if (values.some((one) => one === undefined || typeof one === 'object')) return undefined;
  let index = 0;
  const filled = text.replaceAll(placeholder, () => String(values[index++]));
  if (!/\{\{|\{%/.test(filled)) return filled;
  notes.push({
    path,
    message: `${JSON.stringify(text)} computes a value, which has no counterpart; write the values out in spec.matrix.explicit`,
  });
  return undefined;
}

/** `.nodes[0]` */
function lookUp(parameters: Parameters, name: string): unknown {
  return [...name.matchAll(/\w+/g)].reduce<unknown>((value, [key]) => {
    const fields = new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
    return fields.get(key);
  }, parameters);
}
