import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { mergePatch } from './merge-patch.ts';
import { copy } from './object.ts';

// The examples of RFC 7386, appendix A.
test.each([
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
])('%j patched by %j is %j', (target, patch, wanted) => {
  expect(mergePatch(target, patch)).toEqual(wanted);
});

const json = fc.jsonValue({ maxDepth: 3 });

test('neither the target nor the patch is changed', () => {
  fc.assert(
    fc.property(json, json, (target, patch) => {
      const before = copy([target, patch]);
      mergePatch(target, patch);
      expect([target, patch]).toEqual(before);
    }),
  );
});

test('a later change of the patch does not reach the result', () => {
  const patch = { a: { b: ['c'] } };
  const merged = mergePatch({}, patch);
  patch.a.b.push('d');
  expect(merged).toEqual({ a: { b: ['c'] } });
});

test('a patch laid over twice is as one', () => {
  fc.assert(
    fc.property(json, json, (target, patch) => {
      const once = mergePatch(target, patch);
      expect(mergePatch(once, patch)).toEqual(once);
    }),
  );
});

test('a result holds no null where the patch had one', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), json), (target) => {
      const patch = Object.fromEntries(Object.keys(target).map((name) => [name, null]));
      expect(mergePatch(target, patch)).toEqual({});
    }),
  );
});
