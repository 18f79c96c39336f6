import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { wordsOf } from './words.ts';

describe('a line is split as a shell would', () => {
  test.each<[string, string, string[]]>([
    ['at blanks', '  orted -mca  ess ', ['orted', '-mca', 'ess']],
    ['without the quotes', 'a "b c" d', ['a', 'b c', 'd']],
    ['quotes in the middle of a word', 'a"b c"d', ['ab cd']],
    ['an empty word', 'a "" b', ['a', '', 'b']],
    [
      'characters that need the quotes',
      '"7.0;tcp://10.0.0.1:4,10.1.0.1:4" "^s1" "vm,[2:10].0@0(2)"',
      ['7.0;tcp://10.0.0.1:4,10.1.0.1:4', '^s1', 'vm,[2:10].0@0(2)'],
    ],
    ['nothing', '', []],
  ])('%s', (_, line, words) => {
    expect(wordsOf(line)).toEqual(words);
  });

  test('whatever stands in quotes comes back', () => {
    const word = fc.stringMatching(/^[ #%-[\]-_a-~]*$/);
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(wordsOf(words.map((one) => `"${one}"`).join(' '))).toEqual(words);
      }),
    );
  });
});

describe('what only a shell can do is refused', () => {
  test.each([
    ['a variable', 'PATH=/usr/bin:$PATH orted'],
    ['a variable in quotes', 'echo "$HOME"'],
    ['a command in a command', 'orted `id`'],
    ['a command in quotes', 'orted "$(id)"'],
    ['a second command', 'true; id'],
    ['a second command in the background', 'true & id'],
    ['a pipe', 'true | id'],
    ['a redirection', 'orted >/tmp/x'],
    ['a glob', 'orted *'],
    ['a set of characters', 'orted [ab]'],
    ['a home folder', 'orted ~/x'],
    ['a group', '(orted)'],
    ['alternatives', 'orted {a,b}'],
    ['a comment', 'orted #'],
    ['an escape', 'orted \\"'],
    ['an escape in quotes', 'orted "\\""'],
    ['history', 'orted "!!"'],
    ['single quotes, which no launcher uses', "orted 'a'"],
    ['a second line', 'orted\nid'],
    ['a second line in quotes', 'orted "\nid"'],
    ['a tab', 'orted\tid'],
    ['a zero byte', 'orted \0'],
    ['quotes that do not end', 'orted "a'],
  ])('%s', (_, line) => {
    expect(wordsOf(line)).toBeUndefined();
  });
});

test('no text makes a word with a character that no shell would have given it', () => {
  fc.assert(
    fc.property(fc.string(), (line) => {
      for (const word of wordsOf(line) ?? []) expect(word).not.toMatch(/["$`\\!\p{Cc}]/u);
    }),
  );
});
