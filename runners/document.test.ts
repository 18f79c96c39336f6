import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { at, listAt, numberAt, textAt, wholeDocument } from './document.ts';

describe('wholeDocument', () => {
  test.each([
    ['alone', '{\n"a": 1\n}\n', ''],
    ['behind text', 'Starting\n<host> \n{\n"a": 1\n}\n', 'Starting\n<host> \n'],
    ['behind a line with a brace', 'a {\n{\n"a": 1\n}', 'a {\n'],
    ['with Windows line ends', '{\r\n"a": 1\r\n}\r\n', ''],
  ])('%s', (_, stdout, before) => {
    expect(wholeDocument('tool', stdout)).toEqual({ ok: true, document: { a: 1 }, before });
  });

  test.each([
    ['nothing', '', 'tool printed no JSON result'],
    ['text', 'usage: tool\n', 'tool printed no JSON result, but: usage: tool'],
    ['a list', '[\n1\n]\n', 'tool printed no JSON result'],
    ['a cut document', '{\n"a": 1\n', "tool's JSON result is cut or damaged"],
    ['two documents', '{\n"a": 1\n}\n{\n"a": 2\n}\n', 'tool printed several results'],
    ['a cut second document', '{\n"a": 1\n}\n{\n"a"', 'tool printed several results'],
    ['text behind the document', '{\n"a": 1\n}\nbye\n', 'cut or damaged'],
  ])('refuses %s', (_, stdout, message) => {
    expect(wholeDocument('tool', stdout)).toEqual({ ok: false, reason: 'OutputUnparsable', message: expect.stringContaining(message) });
  });

  test('reads back any object, and no part of one', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (object, share) => {
          const text = JSON.stringify(object, undefined, 1);
          expect(wholeDocument('tool', text)).toMatchObject({ ok: true, document: JSON.parse(text) });
          expect(wholeDocument('tool', text.slice(0, Math.floor(text.length * share))).ok).toBe(false);
        },
      ),
    );
  });
});

describe('paths', () => {
  const document: unknown = { list: [{ size: 5, name: 'x', endless: Number.POSITIVE_INFINITY }], nothing: null };

  test.each<[string, unknown, unknown]>([
    ['a value', at(document, 'list', 0, 'name'), 'x'],
    ['the document itself', at(5), 5],
    ['a missing key', at(document, 'list', 0, 'other'), undefined],
    ['a key behind null', at(document, 'nothing', 'key'), undefined],
    ['a key behind a text', at(document, 'list', 0, 'name', 'length'), undefined],
    ['what every object inherits', at(document, 'constructor'), undefined],
    ['a number', numberAt(document, 'list', 0, 'size'), 5],
    ['a text that is no number', numberAt(document, 'list', 0, 'name'), undefined],
    ['what is not finite', numberAt(document, 'list', 0, 'endless'), undefined],
    ['a text', textAt(document, 'list', 0, 'name'), 'x'],
    ['a number that is no text', textAt(document, 'list', 0, 'size'), undefined],
    ['a list', listAt(document, 'list').length, 1],
    ['no list', listAt(document, 'list', 0), []],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});
