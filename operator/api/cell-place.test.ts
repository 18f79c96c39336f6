import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { expand } from '../benchmarkset/expand.ts';
import type { Cell } from '../benchmarkset/expand.ts';
import { cellText, placeInSet } from './cell-place.ts';
import type { BenchmarkSet } from './types.ts';

const set: BenchmarkSet = {
  apiVersion: 'assay.dev/v1alpha1',
  kind: 'BenchmarkSet',
  metadata: { name: 'net' },
  spec: {
    template: { spec: { sleep: {} } },
    matrix: {
      product: { 'sleep.duration': ['1s', '2s'], 'placement.nodes': [{ sleeper: 'a' }, { sleeper: 'b' }] },
      explicit: [{ sleep: { duration: '9s' } }, { 'sleep.duration': '1s', retries: 3 }],
    },
  },
};

const cell = (coordinates: Cell['coordinates'], index = 0): Cell => ({ index, coordinates, spec: {} });

describe('the place in the set of what is wrong in a member', () => {
  test.each<[string, Cell['coordinates'], string, string]>([
    ['a value of the product', { 'sleep.duration': '2s' }, 'spec.sleep.duration', 'spec.matrix.product[sleep.duration][1]'],
    [
      'inside a value of the product',
      { 'placement.nodes': { sleeper: 'b' } },
      'spec.placement.nodes.sleeper',
      'spec.matrix.product[placement.nodes][1].sleeper',
    ],
    ['a value of an explicit cell', { 'sleep.duration': '1s', retries: 3 }, 'spec.retries', 'spec.matrix.explicit[1].retries'],
    ['a block of an explicit cell', { sleep: { duration: '9s' } }, 'spec.sleep.duration', 'spec.matrix.explicit[0].sleep.duration'],
    [
      'the template, where no coordinate reaches',
      { 'sleep.duration': '2s' },
      'spec.timeouts.pending',
      'spec.template.spec.timeouts.pending',
    ],
    ['a field whose name only begins alike', { 'sleep.duration': '2s' }, 'spec.sleep.durations', 'spec.template.spec.sleep.durations'],
    ['the spec as a whole', {}, 'spec', 'spec.template.spec'],
  ])('%s', (_, coordinates, path, place) => {
    expect(placeInSet(set, cell(coordinates), path)).toBe(place);
  });
});

test.each([
  ['one', [cell({ 'iperf.streams': 16, 'network.host': true }, 3)], 'cell 3: iperf.streams 16, network.host true'],
  ['one without coordinates', [cell({})], 'cell 0'],
  ['several', [cell({ a: 1 }, 2), cell({ a: 2 }, 5)], '2 cells, first cell 2: a 1'],
])('cells in words: %s', (_, cells, text) => {
  expect(cellText(cells)).toBe(text);
});

test.each<[string, string, Cell['coordinates'], string]>([
  ['the longest axis that fits', 'spec.sleep.duration', { sleep: {}, 'sleep.duration': '2s' }, 'spec.matrix.product[sleep.duration][1]'],
  [
    'an item of a list of an axis',
    'spec.placement.nodes[0]',
    { 'placement.nodes': { sleeper: 'a' } },
    'spec.matrix.product[placement.nodes][0][0]',
  ],
  ['an axis that the set has no more', 'spec.retries', { retries: 7 }, 'spec.template.spec.retries'],
])('the place of %s', (_, path, coordinates, place) => {
  expect(placeInSet(set, cell(coordinates), path)).toBe(place);
});

test('whatever the matrix, the place of a cell is where its own value stands', () => {
  const axis = fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(axis, axis, (retries, mtu) => {
      const product = { retries, 'network.mtu': mtu };
      const spec = { template: { spec: { sleep: {} } }, matrix: { product } };
      const swept: BenchmarkSet = { apiVersion: 'assay.dev/v1alpha1', kind: 'BenchmarkSet', metadata: { name: 'net' }, spec };
      for (const one of expand(swept).cells) {
        expect(placeInSet(swept, one, 'spec.retries')).toBe(
          `spec.matrix.product.retries[${retries.indexOf(Number(one.coordinates['retries']))}]`,
        );
        const index = mtu.indexOf(Number(one.coordinates['network.mtu']));
        expect(placeInSet(swept, one, 'spec.network.mtu')).toBe(`spec.matrix.product[network.mtu][${index}]`);
      }
    }),
    { numRuns: 30 },
  );
});
