// docs/from-kube-perftest.md says of each row of the comparison which tests hold it, and they do.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';

const docs = join(import.meta.dirname, '../../docs');
const page = readFileSync(join(docs, 'from-kube-perftest.md'), 'utf8');

interface Row {
  name: string;
  /** Paths of the tests, as the page links them. */
  tests: string[];
}

const rows = [...page.matchAll(/^\| (KP-\d+) \|(.*)$/gm)].map(([, name = '', text = '']): Row => ({
  name,
  tests: [...text.matchAll(/\]\(([^)]+\.test\.ts)\)/g)].map(([, path = '']) => path),
}));

test('every row is there, in order', () => {
  expect(rows.map(({ name }) => name)).toEqual(Array.from({ length: 50 }, (_, index) => `KP-${index + 1}`));
});

test.each(rows)('$name links tests, each of which names it', ({ name, tests }) => {
  const holds = (path: string) => {
    const file = join(docs, path);
    // In a title, and not KP-1 in KP-11.
    return existsSync(file) && new RegExp(`['"\`]${name} `).test(readFileSync(file, 'utf8'));
  };
  expect({ some: tests.length > 0, without: tests.filter((path) => !holds(path)) }).toEqual({ some: true, without: [] });
});

test('every other link of the page leads somewhere', () => {
  const paths = [...page.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, path = '']) => join(dirname(join(docs, 'x')), path));
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});
