import { expect, test } from '@jest/globals';
import { ignored } from './ignored.ts';

test.each([
  ['a name at the top', 'node_modules', 'node_modules', true],
  ['what lies below it', 'node_modules', 'node_modules/a/b.js', true],
  ['the same name further down', 'node_modules', 'a/node_modules', false],
  ['a name at any depth', '**/testdata', 'runners/fio/testdata/a.json', true],
  ['that name at the top', '**/testdata', 'testdata/a', true],
  ['files by their end', '**/*.test.ts', 'a/b/c.test.ts', true],
  ['other files', '**/*.test.ts', 'a/b/c.ts', false],
  ['a name that only begins so', 'out', 'output/a', false],
  ['a comment', '# a', 'a', false],
  ['nothing', '', 'a', false],
  ['the second of two', 'a\nb\n', 'b/c', true],
  ['blanks around it', '  a  ', 'a', true],
])('%s', (_, text, path, expected) => {
  expect(ignored(text)(path)).toBe(expected);
});

test('an exception is refused, as files would be missed', () => {
  expect(() => ignored('a\n!a/b\n')).toThrow('.dockerignore: !a/b: exceptions are not understood');
});
