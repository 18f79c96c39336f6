import { describe, expect, test } from '@jest/globals';
import { type Note, Source } from './source.ts';

function reading(fields: unknown, read: (source: Source) => void): string[] {
  const notes: Note[] = [];
  const source = new Source(fields, (field) => `spec.${field}`, notes);
  read(source);
  source.end();
  return notes.map(({ path, message }) => `${path}: ${message}`);
}

const unread = 'has no counterpart and is left out';

describe('what is left in the end', () => {
  test.each<[string, unknown, (source: Source) => void, string[]]>([
    ['nothing, where all was asked for', { a: 1 }, (source) => source.take('a'), []],
    ['what nobody asked for', { a: 1, b: 2 }, (source) => source.take('a'), [`spec.b: ${unread}`]],
    ['of an inner object', { a: { b: 1, c: 2 } }, (source) => source.child('a').take('b'), [`spec.a.c: ${unread}`]],
    ['an inner object as a whole', { a: { b: 1 } }, () => undefined, [`spec.a: ${unread}`]],
    ['an object that is none', { a: 5 }, (source) => source.child('a').take('b'), ['spec.a: is no object and is left out']],
    ['nothing of an object that is not there', {}, (source) => source.child('a').take('b'), []],
    ['a list that is none', { a: {} }, (source) => source.objects('a'), ['spec.a: is no list and is left out']],
    [
      'what is no object in a list',
      { a: [{}, 5, null] },
      (source) => source.objects('a'),
      ['spec.a[1]: is no object and is left out', 'spec.a[2]: is no object and is left out'],
    ],
    ['nothing, where all entries were looked at', { a: 1, b: 2 }, (source) => source.entries(), []],
    ['null is nothing', { a: null }, () => undefined, []],
    ['no object has no fields', 5, () => undefined, []],
  ])('%s', (_, fields, read, told) => {
    expect(reading(fields, read)).toEqual(told);
  });

  test('an inner object that two readers share is told once', () => {
    const told = reading({ a: { b: 1, c: 2, d: 3 } }, (source) => {
      source.child('a').take('b');
      source.child('a').take('c');
    });
    expect(told).toEqual([`spec.a.d: ${unread}`]);
  });
});

test('a list of objects is those that are objects', () => {
  expect(new Source({ a: [{ b: 1 }, 'x', { b: 2 }] }, String, []).objects('a')).toEqual([{ b: 1 }, { b: 2 }]);
});

test('entries have the names that the user gave', () => {
  expect(new Source({ b: 1, a: null }, String, []).entries()).toEqual([
    ['b', 1],
    ['a', undefined],
  ]);
});

describe('a note', () => {
  test('is about a field that is there', () => {
    expect(reading({ a: 1 }, (source) => source.note('a', 'is odd'))).toEqual(['spec.a: is odd']);
  });

  test('of a field that is not there is none', () => {
    expect(reading({}, (source) => source.note('a', 'is odd'))).toEqual([]);
  });
});

test.each(['constructor', '__proto__', 'toString'])('%s is no field', (name) => {
  expect(new Source({}, String, []).take(name)).toBeUndefined();
});
