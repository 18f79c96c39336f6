import { describe, expect, test } from '@jest/globals';
import { held, LeaseObserver, microTime, released } from './lease.ts';
import type { Lease } from './lease.ts';

const at = Date.parse('2026-11-21T10:00:00.007Z');
const time = '2026-11-21T10:00:00.007000Z';

test('times have six digits', () => {
  expect(microTime(at)).toBe(time);
});

describe('held', () => {
  const other = { holderIdentity: 'other', acquireTime: 'then', renewTime: 'then', leaseTransitions: 4 };

  test.each([
    ['a new lease', undefined, { acquireTime: time, leaseTransitions: 0 }],
    ["another's", other, { acquireTime: time, leaseTransitions: 5 }],
    ['a released one', { ...other, holderIdentity: '' }, { acquireTime: time, leaseTransitions: 5 }],
    ['its own', { ...other, holderIdentity: 'me' }, { acquireTime: 'then', leaseTransitions: 4 }],
  ])('%s', (_, before, expected) => {
    expect(held(before, 'me', 15_000, at)).toEqual({ holderIdentity: 'me', leaseDurationSeconds: 15, renewTime: time, ...expected });
  });

  test('parts of a second are rounded up, because the field takes whole ones', () => {
    expect(held(undefined, 'me', 1500, at).leaseDurationSeconds).toBe(2);
  });
});

test('a released lease has no holder and a short life', () => {
  expect(released({ holderIdentity: 'me', leaseTransitions: 3 }, at)).toEqual({
    holderIdentity: '',
    leaseDurationSeconds: 1,
    renewTime: time,
    leaseTransitions: 3,
  });
});

const lease = (spec: Lease['spec']): Lease => ({ metadata: { name: 'assay' }, spec });

describe('LeaseObserver', () => {
  const of = (renewTime: string) => lease({ holderIdentity: 'other', leaseDurationSeconds: 15, renewTime });

  test.each([
    ['just seen', [[of('a'), 0]], false],
    [
      'not changed for less than its duration',
      [
        [of('a'), 0],
        [of('a'), 14_999],
      ],
      false,
    ],
    [
      'not changed for its duration',
      [
        [of('a'), 0],
        [of('a'), 15_000],
      ],
      true,
    ],
    [
      'changed meanwhile',
      [
        [of('a'), 0],
        [of('b'), 14_000],
        [of('b'), 28_000],
      ],
      false,
    ],
    ['renewed long ago by its own clock, but just now by ours', [[of('1999-01-01T00:00:00.000000Z'), 1000]], false],
    ['without holder', [[lease({ holderIdentity: '' }), 0]], true],
    [
      'without duration, within the usual one',
      [
        [lease({ holderIdentity: 'other' }), 0],
        [lease({ holderIdentity: 'other' }), 9999],
      ],
      false,
    ],
    [
      'without duration, after the usual one',
      [
        [lease({ holderIdentity: 'other' }), 0],
        [lease({ holderIdentity: 'other' }), 10_000],
      ],
      true,
    ],
  ] satisfies [string, [Lease, number][], boolean][])('%s', (_, seen, expected) => {
    const observer = new LeaseObserver();
    const results = seen.map(([one, now]) => observer.isFree(one, now, 10_000));
    expect(results.at(-1)).toBe(expected);
  });
});
