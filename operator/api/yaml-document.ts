import { type Document, isScalar, LineCounter, parseAllDocuments, visit } from 'yaml';
import { type ObjectProblem } from './structural/problem.ts';

/** Larger ones are no work of a person, and reading them takes seconds. */
const longestText = 4 * 2 ** 20;
/** Errors of one document; what comes after the first few follows from them. */
const mostErrors = 20;
/** Aliases of one document; a few are of use, many are a bomb. */
const mostAliases = 100;

/** A problem and where in the text it is. */
export interface Located extends ObjectProblem {
  /** Characters from the start of the text. */
  offset: number;
}

export interface YamlText {
  documents: Document.Parsed[];
  /** From 1. */
  lineAt: (offset: number) => number;
}

/** All documents of a YAML or JSON text. @throws RangeError where it is too large, or nested too deeply for the parser */
export function readYaml(text: string): YamlText {
  if (text.length > longestText) throw new RangeError(`it is larger than ${longestText / 2 ** 20} MiB; split it`);
  const lines = new LineCounter();
  const documents = [...parseAllDocuments(text, { lineCounter: lines, merge: true, prettyErrors: false })];
  return { documents, lineAt: (offset) => lines.linePos(offset).line };
}

/** Nothing but comments, as after a last `---`. */
export function isEmpty({ contents, errors }: Document.Parsed): boolean {
  return errors.length === 0 && (contents === null || (isScalar(contents) && contents.value === null));
}

/** What is wrong with a document as YAML: syntax, keys given twice, unknown tags, words of two meanings. */
export function yamlProblems(document: Document.Parsed): Located[] {
  const errors = [...document.errors, ...document.warnings].map(({ pos: [offset], message }) => ({ offset, path: '', message }));
  return [...errors, ...ambiguousScalars(document)].slice(0, mostErrors);
}

/** A document as JSON. @throws where its aliases are too many */
export function toJson(document: Document.Parsed): unknown {
  return document.toJS({ maxAliasCount: mostAliases });
}

/** kubectl reads YAML 1.1, where these mean something else than in YAML 1.2. Refused, so that a file means the same to both. */
function ambiguousScalars(document: Document.Parsed): Located[] {
  const found: Located[] = [];
  visit(document, {
    Scalar(_, { source = '', type, range }) {
      if (type !== 'PLAIN') return;
      const instead = /^(yes|no|on|off)$/i.test(source)
        ? 'true or false'
        : /^[-+]?0\d+$/.test(source)
          ? 'a number without leading zeros'
          : undefined;
      if (instead === undefined) return;
      const message = `${source} means something else to kubectl; write ${instead}, or "${source}" for the text`;
      found.push({ offset: range?.[0] ?? 0, path: '', message, value: source });
    },
  });
  return found;
}
