import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { BenchmarkSetSpec, BenchmarkSpec } from '../api/types.ts';
import { benchmarkSet } from './builders.ts';
import { expand, maxMembers, withCoordinates } from './expand.ts';
import type { JsonObject } from '../kube/merge-patch.ts';

const template = (spec: BenchmarkSpec) => ({ template: { spec } });
const coordinates = (spec: Partial<BenchmarkSetSpec>) => expand(benchmarkSet(spec)).cells.map((cell) => cell.coordinates);
const problems = (spec: Partial<BenchmarkSetSpec>) => expand(benchmarkSet(spec)).problems;
const numbers = (length: number) => Array.from({ length }, (_, index) => index);

describe('cells', () => {
  test('no matrix is one cell, the template', () => {
    expect(expand(benchmarkSet()).cells).toEqual([{ index: 0, coordinates: {}, spec: { sleep: { duration: '1s' } } }]);
  });

  test('a product has every combination, the last path fastest', () => {
    expect(coordinates({ matrix: { product: { retries: [0, 1], 'sleep.duration': ['1s', '2s', '3s'] } } })).toEqual([
      { retries: 0, 'sleep.duration': '1s' },
      { retries: 0, 'sleep.duration': '2s' },
      { retries: 0, 'sleep.duration': '3s' },
      { retries: 1, 'sleep.duration': '1s' },
      { retries: 1, 'sleep.duration': '2s' },
      { retries: 1, 'sleep.duration': '3s' },
    ]);
  });

  test('a product over a field that the template lacks sets it, with what stands beside it', () => {
    const spec = { ...template({ iperf: {}, network: { host: true } }), matrix: { product: { 'network.ipFamily': ['IPv4', 'IPv6'] } } };
    expect(expand(benchmarkSet(spec)).cells.map((cell) => cell.spec.network)).toEqual([
      { host: true, ipFamily: 'IPv4' },
      { host: true, ipFamily: 'IPv6' },
    ]);
  });

  test('axes are sorted by path, as an API server stores them', () => {
    const product = { 'sleep.duration': ['1s', '2s'], retries: [0, 1] };
    const sorted = { retries: [0, 1], 'sleep.duration': ['1s', '2s'] };
    expect(coordinates({ matrix: { product } })).toEqual(coordinates({ matrix: { product: sorted } }));
  });

  test('pairs of nodes are an axis of their path', () => {
    const spec = { matrix: { product: { retries: [0, 1], 'a.b': [1, 2] }, nodes: { pairs: 'Unordered' as const } } };
    const { cells } = expand(benchmarkSet(spec, { nodes: ['x', 'y'] }));
    const pair = { 'placement.nodes.server': 'x', 'placement.nodes.client': 'y' };
    expect(cells.map((cell) => cell.coordinates)).toEqual([
      { 'a.b': 1, ...pair, retries: 0 },
      { 'a.b': 1, ...pair, retries: 1 },
      { 'a.b': 2, ...pair, retries: 0 },
      { 'a.b': 2, ...pair, retries: 1 },
    ]);
    expect(cells[0]?.spec.placement).toEqual({ nodes: { server: 'x', client: 'y' } });
  });

  test('pairs are of two made-up nodes before the nodes are chosen', () => {
    expect(coordinates({ matrix: { nodes: {} } })).toEqual([
      { 'placement.nodes.server': 'any-node', 'placement.nodes.client': 'another-node' },
      { 'placement.nodes.server': 'another-node', 'placement.nodes.client': 'any-node' },
    ]);
  });

  test('KP-11 explicit cells come after the product: 2 x 3 + 2 are 8', () => {
    const cells = coordinates({
      matrix: {
        product: { retries: [0, 1], 'sleep.duration': ['1s', '2s', '3s'] },
        explicit: [{ retries: 5 }, { 'sleep.duration': '9s' }],
      },
    });
    expect(cells).toEqual([
      ...[0, 1].flatMap((retries) => ['1s', '2s', '3s'].map((duration) => ({ retries, 'sleep.duration': duration }))),
      { retries: 5 },
      { 'sleep.duration': '9s' },
    ]);
  });

  test('KP-11 explicit alone gives the listed cells and no empty one', () => {
    expect(coordinates({ matrix: { explicit: [{ retries: 1 }, { retries: 2 }] } })).toEqual([{ retries: 1 }, { retries: 2 }]);
  });

  test.each<[string, JsonObject[], unknown[]]>([
    [
      'all coordinates given',
      [{ retries: 0, 'sleep.duration': '1s' }],
      [
        [0, '2s'],
        [1, '1s'],
        [1, '2s'],
      ],
    ],
    [
      'one given: a whole row',
      [{ retries: 0 }],
      [
        [1, '1s'],
        [1, '2s'],
      ],
    ],
    ['two entries', [{ retries: 0 }, { 'sleep.duration': '1s' }], [[1, '2s']]],
  ])('exclude, %s', (_, exclude, left) => {
    const cells = coordinates({ matrix: { product: { retries: [0, 1], 'sleep.duration': ['1s', '2s'] }, exclude } });
    expect(cells.map((cell) => Object.values(cell))).toEqual(left);
  });

  test('an explicit cell brings back what exclude took from the product', () => {
    const matrix = { product: { retries: [0, 1] }, exclude: [{ retries: 0 }], explicit: [{ retries: 0 }] };
    expect(coordinates({ matrix })).toEqual([{ retries: 1 }, { retries: 0 }]);
  });

  test('cells are numbered without gaps after exclude', () => {
    const { cells } = expand(benchmarkSet({ matrix: { product: { retries: [0, 1, 2] }, exclude: [{ retries: 1 }] } }));
    expect(cells.map(({ index }) => index)).toEqual([0, 1]);
  });

  test.each([1000, 10_000])('%i cells', (count) => {
    const product = { retries: numbers(10), 'sleep.duration': numbers(count / 10).map((number) => `${number + 1}ms`) };
    expect(new Set(coordinates({ matrix: { product } }).map((cell) => JSON.stringify(cell))).size).toBe(count);
  });

  test('property: a product has as many cells as the axes multiply to, all different', () => {
    const axis = fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[b-d]{1,4}$/), { minLength: 1, maxLength: 3 }),
        fc.array(axis, { minLength: 3, maxLength: 3 }),
        (paths, axes) => {
          const product = Object.fromEntries(paths.map((path, index) => [path, axes[index] ?? []]));
          const cells = coordinates({ matrix: { product } });
          expect(cells).toHaveLength(Object.values(product).reduce((size, values) => size * values.length, 1));
          expect(new Set(cells.map((cell) => JSON.stringify(cell))).size).toBe(cells.length);
        },
      ),
    );
  });
});

describe('effective spec', () => {
  const base: BenchmarkSpec = {
    sleep: { duration: '1s' },
    placement: { nodeSelector: { disk: 'ssd', zone: 'a' } },
    pod: { imagePullSecrets: [{ name: 'one' }, { name: 'two' }] },
  };

  test.each<[string, JsonObject, JsonObject]>([
    ['a value at depth', { 'sleep.duration': '2s' }, { sleep: { duration: '2s' } }],
    ['objects merge', { placement: { nodeSelector: { zone: 'b' } } }, { placement: { nodeSelector: { disk: 'ssd', zone: 'b' } } }],
    ['lists replace', { 'pod.imagePullSecrets': [{ name: 'three' }] }, { pod: { imagePullSecrets: [{ name: 'three' }] } }],
    ['null unsets at depth', { 'placement.nodeSelector.disk': null }, { placement: { nodeSelector: { zone: 'a' } } }],
    ['null inside an object unsets', { placement: { nodeSelector: { disk: null } } }, { placement: { nodeSelector: { zone: 'a' } } }],
    ['a path that the template lacks', { 'network.mtu': 9000 }, { network: { mtu: 9000 } }],
    ['a shorter path before a longer one', { 'network.mtu': 1500, network: { host: true } }, { network: { host: true, mtu: 1500 } }],
  ])('KP-12 %s', (_, cell, changed) => {
    expect(expand(benchmarkSet({ ...template(base), matrix: { explicit: [cell] } })).cells[0]?.spec).toEqual({ ...base, ...changed });
  });

  test.each<[string, JsonObject, string[]]>([
    ['a parameter of another workload', { 'fio.rw': 'read' }, ['fio']],
    ['a whole block', { iperf: {} }, ['iperf']],
    ['the same workload', { 'sleep.duration': '2s' }, ['sleep']],
    ['another field', { retries: 1 }, ['retries', 'sleep']],
    ['null chooses nothing', { 'fio.rw': null }, ['fio', 'sleep']],
    ['two others are left for the schema to refuse', { 'fio.rw': 'read', 'iperf.streams': 1 }, ['fio', 'iperf']],
  ])('choosing a workload by %s', (_, cell, blocks) => {
    expect(Object.keys(withCoordinates({ sleep: { duration: '1s' } }, cell)).toSorted()).toEqual(blocks);
  });
});

describe('refused', () => {
  test.each<[string, NonNullable<BenchmarkSetSpec['matrix']>, string, string]>([
    ['an axis without values', { product: { 'sleep.duration': [] } }, 'spec.matrix.product[sleep.duration]', 'has no values'],
    [
      'an axis without values beside explicit cells',
      { product: { retries: [] }, explicit: [{ retries: 1 }] },
      'spec.matrix.product.retries',
      'has no values',
    ],
    ['a product of no axes', { product: {} }, 'spec.matrix', 'lists no cell'],
    ['an empty list of cells', { explicit: [] }, 'spec.matrix', 'lists no cell'],
    ['an empty matrix', {}, 'spec.matrix', 'lists no cell'],
    ['a value listed twice', { product: { retries: [1, 2, 1] } }, 'spec.matrix.product.retries[2]', '1 is listed twice'],
    [
      'an explicit cell of the product',
      { product: { retries: [1] }, explicit: [{ retries: 1 }] },
      'spec.matrix.explicit[0]',
      'gives the same benchmark as',
    ],
    [
      'two explicit cells',
      { explicit: [{ retries: 1 }, { retries: 1 }] },
      'spec.matrix.explicit[1]',
      'gives the same benchmark as spec.matrix.explicit[0]',
    ],
    [
      'an explicit cell that repeats the template',
      { explicit: [{}, { 'sleep.duration': '1s' }] },
      'spec.matrix.explicit[1]',
      'gives the same benchmark',
    ],
    [
      'everything excluded',
      { product: { retries: [1, 2] }, exclude: [{ retries: 1 }, { retries: 2 }] },
      'spec.matrix.exclude',
      'excludes every cell',
    ],
    [
      'exclude without a match',
      { product: { retries: [1] }, exclude: [{ retires: 1 }] },
      'spec.matrix.exclude[0]',
      'its axes are: retries',
    ],
    ['exclude without a coordinate', { product: { retries: [1] }, exclude: [{}] }, 'spec.matrix.exclude[0]', 'names no coordinate'],
    [
      'exclude without a product',
      { explicit: [{ retries: 1 }], exclude: [{ retries: 1 }] },
      'spec.matrix.exclude[0]',
      'its axes are: none',
    ],
    ['an empty path', { product: { '': [1] } }, 'spec.matrix.product', 'is no path'],
    ['a path with an empty part', { explicit: [{ 'iperf..streams': 1 }] }, 'spec.matrix.explicit[0]', 'is no path'],
    ['a path to a prototype', { product: { 'constructor.prototype': [1] } }, 'spec.matrix.product', 'is no path'],
    [
      'an axis that the pairs set',
      { product: { 'placement.nodes.server': ['a'] }, nodes: {} },
      'spec.matrix.product[placement.nodes.server]',
      'matrix.nodes sets',
    ],
    ['an axis above the pairs', { product: { placement: [{}] }, nodes: {} }, 'spec.matrix.product.placement', 'matrix.nodes sets'],
    ['suspend by cell', { product: { suspend: [true] } }, 'spec.matrix.product', 'follows spec.suspend of the set'],
  ])('KP-14 %s', (_, matrix, path, message) => {
    expect(problems({ matrix })).toEqual([{ path, message: expect.stringContaining(message) }]);
  });

  test.each(['suspend', 'cancel'])('%s in the template', (field) => {
    expect(problems(template({ sleep: {}, [field]: true }))).toEqual([
      { path: `spec.template.spec.${field}`, message: `${field} of members follows spec.${field} of the set; set that instead` },
    ]);
  });

  test('false in the template says nothing', () => {
    expect(problems(template({ sleep: {}, suspend: false }))).toEqual([]);
  });

  test('no cells where there is a problem', () => {
    expect(expand(benchmarkSet({ matrix: { product: { retries: [1, 1] } } })).cells).toEqual([]);
  });

  test.each<[string, Partial<BenchmarkSetSpec>, string]>([
    [
      'a product, before any cell is made',
      { matrix: { product: Object.fromEntries(numbers(16).map((axis) => [`a${axis}`, numbers(1000)])) } },
      'spec.matrix.product',
    ],
    ['repetitions', { repetitions: maxMembers + 1 }, 'spec.matrix'],
    ['warm-up counts too', { repetitions: maxMembers, warmup: 1 }, 'spec.matrix'],
    [
      'product and explicit together',
      { matrix: { product: { retries: numbers(2) }, explicit: [{ retries: 9 }] }, repetitions: 20_000 },
      'spec.matrix',
    ],
  ])('too many members by %s', (_, spec, path) => {
    expect(problems(spec)).toEqual([{ path, message: expect.stringContaining('are too many') }]);
  });

  test('too many pairs, before any is made', () => {
    const nodes = Array.from({ length: 300 }, (_, index) => `node-${index}`);
    const { problems: found } = expand(benchmarkSet({ matrix: { nodes: {} } }, { nodes }));
    expect(found).toEqual([{ path: 'spec.matrix', message: expect.stringMatching(/^89,700 cells of 1 runs each are too many/) }]);
  });

  describe('an exclude that names a node', () => {
    const matrix = { nodes: {}, exclude: [{ 'placement.nodes.server': 'worker-1' }] };

    test('is not judged before the nodes are chosen', () => {
      expect(problems({ matrix })).toEqual([]);
    });

    test('leaves out its pairs', () => {
      expect(expand(benchmarkSet({ matrix }, { nodes: ['worker-1', 'worker-2'] })).cells).toHaveLength(1);
    });

    test('is refused where no chosen node has that name', () => {
      expect(expand(benchmarkSet({ matrix }, { nodes: ['a', 'b'] })).problems).toMatchObject([{ path: 'spec.matrix.exclude[0]' }]);
    });
  });

  test('the limit itself is allowed', () => {
    expect(problems({ repetitions: maxMembers })).toEqual([]);
  });
});
