import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { atPath, byCodeUnit, canonical, isObject, overlay } from './overlay.ts';
import type { Json } from './overlay.ts';

const json = fc.jsonValue({ maxDepth: 4 }).map((value): Json => JSON.parse(JSON.stringify(value)));

describe('overlay', () => {
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
    expect(overlay(target, patch)).toEqual(result);
  });

  test('a key __proto__ stays a key', () => {
    const patch: Json = JSON.parse('{"__proto__": {"polluted": true}}');
    const result = overlay({}, patch);
    expect(Object.keys(isObject(result) ? result : {})).toEqual(['__proto__']);
    expect({}).not.toHaveProperty('polluted');
  });

  test('property: neither argument changes', () => {
    fc.assert(
      fc.property(json, json, (target, patch) => {
        const before = JSON.stringify([target, patch]);
        overlay(target, patch);
        expect(JSON.stringify([target, patch])).toBe(before);
      }),
    );
  });

  test('property: laying the same over twice changes nothing more', () => {
    fc.assert(
      fc.property(json, json, (target, patch) => {
        const once = overlay(target, patch);
        expect(overlay(once, patch)).toEqual(once);
      }),
    );
  });

  test('property: what is laid over an empty object holds no null outside lists', () => {
    const holdsNull = (value: Json): boolean => value === null || (isObject(value) && Object.values(value).some(holdsNull));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), (patch) => {
        expect(holdsNull(overlay({}, patch))).toBe(false);
      }),
    );
  });
});

describe('atPath', () => {
  test.each<[string, Json, Json]>([
    ['retries', 1, { retries: 1 }],
    ['iperf.streams', 4, { iperf: { streams: 4 } }],
    ['pod.resources.limits', { cpu: 1 }, { pod: { resources: { limits: { cpu: 1 } } } }],
    ['network.host', null, { network: { host: null } }],
  ])('%s', (path, value, object) => {
    expect(atPath(path, value)).toEqual(object);
  });
});

describe('canonical', () => {
  test.each<[Json, Json, boolean]>([
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: { c: 1, b: [] } }, { a: { b: [], c: 1 } }, true],
    [[1, 2], [2, 1], false],
    [1, '1', false],
    [{ a: null }, {}, false],
  ])('%j and %j: %s', (a, b, same) => {
    expect(canonical(a) === canonical(b)).toBe(same);
  });

  test('property: it is JSON of the same value', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonical(value))).toEqual(value);
      }),
    );
  });
});

test('byCodeUnit sorts as an API server does: capitals first, prefixes before what they begin', () => {
  expect(['b', 'a.b', 'B', 'a', 'ä'].toSorted(byCodeUnit)).toEqual(['B', 'a', 'a.b', 'b', 'ä']);
});
