import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { expand } from '../../operator/benchmarkset/expand.ts';
import { canonical } from '../../operator/benchmarkset/json.ts';
import type { JsonObject } from '../../operator/kube/merge-patch.ts';
import type { BenchmarkSet } from '../../operator/api/types.ts';
import { compact } from './compact.ts';
import { idleParameters, matrixOf, type Parameters, type Sweep } from './matrix.ts';

const sweep = (parameters: Record<string, unknown[]>, variant: (set: Parameters) => object, explicit: Parameters[] = []): Sweep => ({
  parameters: new Map(Object.entries(parameters)),
  explicit,
  variant: (set) => compact(variant(set)),
});

const iperf = ({ streams, duration, port }: Parameters) => ({ iperf: { streams, duration, kept: 1 }, network: { port } });

const sum = ({ a = 0, b = 0 }: Parameters) => ({ x: { sum: Number(a) + Number(b) } });

describe('a product', () => {
  test('is one where each parameter has a field of its own', () => {
    expect(matrixOf(sweep({ streams: [1, 2], port: [5, 6] }, iperf))).toEqual({
      product: { 'iperf.streams': [1, 2], 'network.port': [5, 6] },
    });
  });

  test('is written out where two parameters change the same block', () => {
    expect(matrixOf(sweep({ a: [1, 2], b: [10, 20] }, sum))).toEqual({
      explicit: [{ 'x.sum': 11 }, { 'x.sum': 21 }, { 'x.sum': 12 }, { 'x.sum': 22 }],
    });
  });

  test('does not go through what makes no difference', () => {
    expect(matrixOf(sweep({ streams: [1, 2], colour: ['red', 'blue'] }, iperf))).toEqual({ product: { 'iperf.streams': [1, 2] } });
  });

  test('of nothing but that is no matrix', () => {
    expect(matrixOf(sweep({ colour: ['red'] }, iperf))).toEqual({});
  });

  test('that no set could run is refused before it is made', () => {
    const many = Array.from({ length: 300 }, (_, index) => index);
    expect(() => matrixOf(sweep({ a: many, b: many }, iperf))).toThrow('90000 combinations are too many; 50000 at most');
  });
});

test('explicit sets are cells, each once', () => {
  const explicit = [{ streams: 8 }, { streams: 8, port: 5 }, { streams: 8 }];
  expect(matrixOf(sweep({}, iperf, explicit))).toEqual({ explicit: [{ 'iperf.streams': 8 }, { 'iperf.streams': 8, 'network.port': 5 }] });
});

test('parameters that make no difference are known by name', () => {
  expect(idleParameters(sweep({ streams: [1], colour: ['red', 'blue'] }, iperf))).toEqual(['colour']);
});

test('the cells of the matrix are what the parameters ask for, whatever they change', () => {
  const changes = fc.constantFrom('own', 'shared', 'both', 'none');
  const parameters = fc.dictionary(
    fc.constantFrom('p', 'q', 'r'),
    fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
    {
      minKeys: 1,
    },
  );
  fc.assert(
    fc.property(parameters, fc.record({ p: changes, q: changes, r: changes }), (given, kinds) => {
      const variant = (set: Parameters) => specBy(set, kinds);
      const { product, explicit } = matrixOf(sweep(given, variant));
      const template = { spec: variant({}) };
      const matrix = { ...(product && { product }), ...(explicit && { explicit }) };
      const made = {
        apiVersion: '',
        kind: 'BenchmarkSet',
        metadata: { name: 's' },
        spec: { template, ...((product ?? explicit) && { matrix }) },
      };
      const { cells, problems } = expand(made as unknown as BenchmarkSet);
      expect(problems).toEqual([]);
      expect(new Set(cells.map(({ spec }) => canonical(spec as JsonObject)))).toEqual(
        new Set(all(given).map((set) => canonical(variant(set)))),
      );
    }),
  );
});

/** A spec of which each parameter changes a field of its own, one that all share, both or none. */
function specBy(set: Parameters, kinds: Record<string, string>): JsonObject {
  const spec: JsonObject = { sum: 0 };
  for (const [name, value] of Object.entries(set)) {
    const kind = kinds[name];
    if (kind === 'own' || kind === 'both') spec[name] = { is: Number(value) };
    if (kind === 'shared' || kind === 'both') spec.sum = Number(spec.sum) + Number(value);
  }
  return spec;
}

function all(parameters: Record<string, unknown[]>): Parameters[] {
  return Object.entries(parameters).reduce<Record<string, unknown>[]>(
    (sets, [name, values]) => sets.flatMap((set) => values.map((value) => Object.assign({}, set, { [name]: value }))),
    [{}],
  );
}
