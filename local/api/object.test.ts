import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { copy, fieldAt, textAt } from './object.ts';

describe('a copy', () => {
  test('of any JSON is equal, and shares no object with it', () => {
    const objectsIn = (value: unknown): object[] =>
      typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const made = copy(value);
        expect(JSON.stringify(made)).toBe(JSON.stringify(value));
        const before = new Set(objectsIn(value));
        expect(objectsIn(made).filter((object) => before.has(object))).toEqual([]);
      }),
    );
  });

  test('keeps a field named __proto__ a field', () => {
    const made = copy(JSON.parse('{"__proto__": {"polluted": true}}') as { polluted?: boolean });
    expect([made.polluted, Object.keys(made)]).toEqual([undefined, ['__proto__']]);
  });
});

test.each<[unknown, string[], unknown, string]>([
  [{ a: { b: 'x' } }, ['a', 'b'], 'x', 'x'],
  [{ a: { b: 3 } }, ['a', 'b'], 3, ''],
  [{ a: { b: null } }, ['a', 'b'], null, ''],
  [{ a: 'x' }, ['a', 'length'], undefined, ''],
  [{ a: ['x'] }, ['a', '0'], undefined, ''],
  [{}, ['a', 'b', 'c'], undefined, ''],
  [undefined, ['a'], undefined, ''],
  ['x', [], 'x', 'x'],
])('in %j under %j is %j, as text %j', (value, names, field, text) => {
  expect([fieldAt(value, ...names), textAt(value, ...names)]).toEqual([field, text]);
});
