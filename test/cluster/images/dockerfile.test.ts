import { expect, test } from '@jest/globals';
import { array, assert, constantFrom, property, stringMatching, tuple } from 'fast-check';
import { sourcesOf } from './dockerfile.ts';

test.each([
  ['nothing', '', [], []],
  ['a base and a file', 'FROM a/b:1\nCOPY x /y\n', ['x'], ['a/b:1']],
  ['several sources', 'FROM a\nCOPY x y z ./\n', ['x', 'y', 'z'], ['a']],
  ['ADD as COPY', 'FROM a\nADD root.tar /\n', ['root.tar'], ['a']],
  ['lower case', 'from a\ncopy x /\n', ['x'], ['a']],
  ['flags', 'FROM --platform=linux/amd64 a\nCOPY --chown=1:1 --chmod=755 x /\n', ['x'], ['a']],
  ['a copy from another stage', 'FROM a AS one\nCOPY x /\nFROM b\nCOPY --from=one /y /\n', ['x'], ['a', 'b']],
  ['a stage as base', 'FROM a AS one\nFROM one as two\nFROM two\n', [], ['a']],
  ['the same base twice', 'FROM a AS one\nFROM a\n', [], ['a']],
  ['no base', 'FROM scratch\n', [], []],
  ['an instruction over several lines', 'FROM a\nCOPY x \\\n  y \\\n  /z\n', ['x', 'y'], ['a']],
  ['a comment between such lines', 'FROM a\nCOPY x \\\n# not y\n  /z\n', ['x'], ['a']],
  ['what looks like a copy within RUN', 'FROM a\nRUN true \\\n && COPY x y\n', [], ['a']],
  ['a comment that copies', 'FROM a\n# COPY x /\n', [], ['a']],
])('sourcesOf: %s', (_, text, copies, bases) => {
  expect(sourcesOf(text)).toEqual({ copies, bases });
});

test.each([
  ['a JSON array', 'COPY ["x", "/y"]', '["x",'],
  ['a wildcard', 'COPY *.json /', '*.json'],
  ['a variable', 'COPY ${X} /', '${X}'],
  ['a variable as base', 'FROM node:$VERSION', 'node:$VERSION'],
  ['a here-document', 'COPY <<END /x', '<<END'],
])('%s is refused, as files would be missed', (_, text, word) => {
  expect(() => sourcesOf(`${text}\n`)).toThrow(`${word}: only plain paths and names are understood in FROM, COPY and ADD`);
});

test('every source that is written is found, whatever lies between', () => {
  const name = stringMatching(/^[a-z][a-z0-9./-]{0,8}$/);
  const noise = constantFrom('', '# COPY no /', 'RUN COPY no /', 'ENV A=b', 'LABEL a="b c"', '  ');
  assert(
    property(array(tuple(array(name, { minLength: 1, maxLength: 3 }), noise)), (written) => {
      const text = written.map(([names, between]) => `COPY ${names.join(' ')} /app\n${between}\n`).join('');
      expect(sourcesOf(text).copies).toEqual(written.flatMap(([names]) => names));
    }),
  );
});
