import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Json } from '../kube/merge-patch.ts';
import { atPath, byCodeUnit, canonical } from './json.ts';

const json = fc.jsonValue({ maxDepth: 4 }).map((value): Json => JSON.parse(JSON.stringify(value)));

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
