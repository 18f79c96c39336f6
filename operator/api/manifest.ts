import type { Document } from 'yaml';
import { apiVersion, kinds } from './crds.ts';
import { alternatives, type ObjectProblem, refusal } from './structural/problem.ts';
import { type Fields, isFields } from './structural/schema.ts';
import type { Benchmark, BenchmarkSet } from './types.ts';
import { validateBenchmark } from './validate.ts';
import { validateBenchmarkSet } from './validate-set.ts';
import { isEmpty, type Located, readYaml, toJson, type YamlText, yamlProblems } from './yaml-document.ts';
import { offsetOf } from './yaml-place.ts';

export type Manifest = Benchmark | BenchmarkSet;

/** Why a file is refused, and where in it. `path` is empty where no field is meant. */
export interface FileProblem extends ObjectProblem {
  file: string;
  /** From 1. */
  line: number;
}

export interface CheckedFile {
  /** As they stand in the file, without defaults; those with problems are left out. */
  objects: Manifest[];
  problems: FileProblem[];
}

/**
 * Reads a YAML or JSON text of Benchmarks and BenchmarkSets and checks it as the API server and the operator would.
 * Never throws; every problem of the text is told at once, in its order.
 * @param file its name, for the problems
 */
export function validateFile(text: string, file: string): CheckedFile {
  const refused = (message: string): CheckedFile => ({ objects: [], problems: [{ file, line: 1, path: '', message }] });
  let yaml: YamlText;
  try {
    yaml = readYaml(text);
  } catch (error) {
    return refused(`cannot be read as YAML: ${textOf(error)}`);
  }
  const filled = yaml.documents.filter((document) => !isEmpty(document));
  if (filled.length === 0) return refused(`holds no ${alternatives(kinds)}`);
  const taken = new Map<string, number>();
  const read = filled.map((document) => readDocument(document, taken, yaml));
  const inFile = ({ offset, ...problem }: Located): FileProblem => ({ file, line: yaml.lineAt(offset), ...problem });
  const problems = read.flatMap(({ found }) => found).map(inFile);
  return { objects: read.flatMap(({ object }) => (object ? [object] : [])), problems: problems.toSorted((a, b) => a.line - b.line) };
}

/** @param taken lines of the objects before this one, by kind and name */
function readDocument(document: Document.Parsed, taken: Map<string, number>, yaml: YamlText): { object?: Manifest; found: Located[] } {
  const start = offsetOf(document.contents, '');
  const broken = yamlProblems(document);
  if (broken.length > 0) return { found: broken };
  let object: unknown;
  try {
    object = toJson(document);
  } catch (error) {
    return { found: [{ offset: start, path: '', message: `cannot be read: ${textOf(error)}` }] };
  }
  if (!isFields(object)) return { found: [{ offset: start, path: '', message: `is no object; it begins with apiVersion: ${apiVersion}` }] };
  const problems = [...problemsOf(object), ...twinProblems(object, taken, yaml.lineAt(start))];
  if (problems.length === 0 && isManifest(object)) return { object, found: [] };
  const located = ({ path, message, value }: ObjectProblem): Located => ({
    offset: offsetOf(document.contents, path),
    path,
    message,
    ...(value !== undefined && { value }),
  });
  return { found: problems.map(located) };
}

function problemsOf(object: Fields): ObjectProblem[] {
  if (object.kind === 'Benchmark') return validateBenchmark(object);
  if (object.kind === 'BenchmarkSet') return validateBenchmarkSet(object);
  return [{ path: 'kind', message: refusal(object.kind, alternatives(kinds)), value: object.kind }];
}

/** The second object of a name would quietly change the first. */
function twinProblems({ kind, metadata }: Fields, taken: Map<string, number>, line: number): ObjectProblem[] {
  if (!isFields(metadata) || typeof metadata.name !== 'string') return [];
  const key = JSON.stringify([kind, metadata.namespace, metadata.name]);
  const before = taken.get(key);
  taken.set(key, before ?? line);
  if (before === undefined) return [];
  return [
    {
      path: 'metadata.name',
      message: `${metadata.name} is already the ${String(kind)} of line ${before}; choose another name`,
      value: metadata.name,
    },
  ];
}

function isManifest(object: Fields): object is Fields & Manifest {
  return kinds.some((kind) => kind === object.kind);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
