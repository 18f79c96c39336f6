import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { isObject, mergePatch } from './merge-patch.ts';
import type { Json } from './merge-patch.ts';

const json = fc.jsonValue({ maxDepth: 4 }).map((value): Json => JSON.parse(JSON.stringify(value)));

describe('mergePatch', () => {
  // RFC 7396, appendix A.
  test.each<[Json, Json, Json]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j with %j is %j', (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result);
  });

  test('a key __proto__ stays a key', () => {
    const patch: Json = JSON.parse('{"__proto__": {"polluted": true}}');
    const result = mergePatch({}, patch);
    expect(Object.keys(isObject(result) ? result : {})).toEqual(['__proto__']);
    expect({}).not.toHaveProperty('polluted');
  });

  test('property: neither argument changes', () => {
    fc.assert(
      fc.property(json, json, (target, patch) => {
        const before = JSON.stringify([target, patch]);
        mergePatch(target, patch);
        expect(JSON.stringify([target, patch])).toBe(before);
      }),
    );
  });

  test('property: laying the same over twice changes nothing more', () => {
    fc.assert(
      fc.property(json, json, (target, patch) => {
        const once = mergePatch(target, patch);
        expect(mergePatch(once, patch)).toEqual(once);
      }),
    );
  });

  test('property: what is laid over an empty object holds no null outside lists', () => {
    const holdsNull = (value: Json): boolean => value === null || (isObject(value) && Object.values(value).some(holdsNull));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), (patch) => {
        expect(holdsNull(mergePatch({}, patch))).toBe(false);
      }),
    );
  });
});
