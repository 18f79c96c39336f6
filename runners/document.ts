import type { Refusal } from './ending.ts';
import { lastWords, refuse } from './ending.ts';

/** A tool's JSON result, and the lines of text that the tool wrote before it. */
export interface WholeDocument {
  ok: true;
  document: unknown;
  before: string;
}

/**
 * Reads the one JSON document in a tool's output. It begins with a line that is exactly `{` and reaches to the end of the text, so that a
 * document that was cut, or is followed by another one, is refused instead of being half read.
 */
export function wholeDocument(tool: string, stdout: string): WholeDocument | Refusal {
  const start = /^\{\r?$/m.exec(stdout)?.index;
  if (start === undefined) {
    const said = lastWords(stdout);
    return refuse('OutputUnparsable', `${tool} printed no JSON result${said === '' ? '' : `, but: ${said}`}`);
  }
  const text = stdout.slice(start);
  try {
    return { ok: true, document: JSON.parse(text), before: stdout.slice(0, start) };
  } catch {
    const several = /^\}\s*^\{/m.test(text);
    return refuse(
      'OutputUnparsable',
      several
        ? `${tool} printed several results, of which only the last can be whole`
        : `${tool}'s JSON result is cut or damaged (${text.length} characters)`,
    );
  }
}

/** What is found by following keys and list positions; undefined where the path ends. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}

/** A finite number at a path, or undefined. */
export function numberAt(value: unknown, ...path: readonly (string | number)[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

/** A text at a path, or undefined. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** A list at a path; empty when there is none. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}
