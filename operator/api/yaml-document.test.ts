import { describe, expect, test } from '@jest/globals';
import { readYaml, toJson, yamlProblems } from './yaml-document.ts';

const problems = (text: string) => {
  const { documents, lineAt } = readYaml(text);
  return documents.flatMap(yamlProblems).map(({ offset, message }) => `${lineAt(offset)}: ${message}`);
};
const json = (text: string) => readYaml(text).documents.map(toJson);

test('each document has its own value, lines are those of the text', () => {
  const { documents, lineAt } = readYaml('a: 1\n---\nb: 2\n');
  expect(documents.map(toJson)).toEqual([{ a: 1 }, { b: 2 }]);
  expect(documents.map(({ contents }) => lineAt(contents?.range[0] ?? 0))).toEqual([1, 3]);
});

test.each([
  ['JSON', '{"a": [1, true, null]}', [{ a: [1, true, null] }]],
  ['merge keys, as kubectl reads them', 'x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}', [{ x: { a: 1, b: 2 }, y: { a: 1, b: 3 } }]],
  ['words in quotes', 'a: "yes"', [{ a: 'yes' }]],
  ['zero, and numbers with a point', 'a: 0\nb: 0.5', [{ a: 0, b: 0.5 }]],
])('%s is read', (_, text, expected) => {
  expect([problems(text), json(text)]).toEqual([[], expected]);
});

describe('what is wrong with the YAML itself', () => {
  test.each([
    ['a key twice', 'a: 1\na: 2', ['2: Map keys must be unique']],
    ['an unknown tag', 'a: !secret x', ['1: Unresolved tag: !secret']],
    [
      'a word that kubectl takes for a switch',
      'a:\n  b: yes',
      ['2: yes means something else to kubectl; write true or false, or "yes" for the text'],
    ],
    ['also among others', 'a: [x, OFF]', ['1: OFF means something else to kubectl; write true or false, or "OFF" for the text']],
    [
      'a number that kubectl takes for octal',
      'a: 010',
      ['1: 010 means something else to kubectl; write a number without leading zeros, or "010" for the text'],
    ],
  ])('%s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test.each([
    ['an open quote', 'a: "x'],
    ['an open list', 'a: [1'],
    ['a wrong indentation', 'a:\n  b: 1\n c: 2'],
  ])('%s', (_, text) => {
    expect(problems(text)).not.toEqual([]);
  });
});

test('of very many errors the first are told', () => {
  expect(problems('['.repeat(1000))).toHaveLength(20);
});

test('an alias of nothing is refused', () => {
  expect(() => json('a: *x')).toThrow('Unresolved alias');
});

test('a bomb of aliases is refused, not expanded', () => {
  const levels = Array.from(
    { length: 12 },
    (_, level) => `l${level + 1}: &l${level + 1} [${Array.from({ length: 10 }, () => `*l${level}`).join(', ')}]`,
  );
  const [document] = readYaml(`l0: &l0 x\n${levels.join('\n')}`).documents;
  expect(() => document && toJson(document)).toThrow('Excessive alias count');
});
