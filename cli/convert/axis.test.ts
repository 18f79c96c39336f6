import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../operator/kube/merge-patch.ts';
import { type Axis, axisOf } from './axis.ts';

test.each<[string, JsonObject, JsonObject[], Axis | undefined]>([
  ['one value', { iperf: {} }, [{ iperf: { streams: 1 } }, { iperf: { streams: 2 } }], { path: 'iperf.streams', values: [1, 2] }],
  [
    'one value that the base has',
    { iperf: { streams: 1 } },
    [{ iperf: { streams: 1 } }, { iperf: { streams: 2 } }],
    { path: 'iperf.streams', values: [1, 2] },
  ],
  ['a value that is gone', { a: { b: 1, c: 1 } }, [{ a: { c: 1 } }, { a: { b: 2, c: 1 } }], { path: 'a.b', values: [null, 2] }],
  [
    'two values of one block',
    { fio: { rw: 'read' } },
    [{ fio: { rw: 'read' } }, { fio: { rw: 'rw', readPercent: 70 } }],
    { path: 'fio', values: [{}, { rw: 'rw', readPercent: 70 }] },
  ],
  ['values that become the same', { a: {} }, [{ a: { b: 1 } }, { a: { b: 1 } }], { path: 'a.b', values: [1] }],
  ['values of two blocks', {}, [{ a: { x: 1 } }, { b: { x: 1 } }], undefined],
  ['nothing that differs', { a: 1 }, [{ a: 1 }, { a: 1 }], undefined],
])('%s', (_, base, variants, axis) => {
  expect(axisOf(base, variants)).toEqual(axis);
});
