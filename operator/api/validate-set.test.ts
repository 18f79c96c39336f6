import { describe, expect, test } from '@jest/globals';
import { benchmarkSet } from './testdata/refused.ts';
import { validateBenchmarkSet } from './validate-set.ts';

const told = (set: object) => Object.fromEntries(validateBenchmarkSet(set).map(({ path, message }) => [path, message]));
const product = (axes: object) => benchmarkSet({ matrix: { product: axes } });

describe('a set that may start', () => {
  test.each([
    ['the template alone', benchmarkSet({})],
    ['a product', product({ 'sleep.duration': ['1s', '2s'] })],
    ['pairs of nodes', benchmarkSet({ template: { spec: { iperf: {} } }, matrix: { nodes: {} } })],
    [
      'a template that the matrix makes whole',
      benchmarkSet({ template: { spec: {} }, matrix: { explicit: [{ 'sleep.duration': '1s' }] } }),
    ],
    [
      'a template whose fault every cell mends',
      benchmarkSet({
        template: { spec: { sleep: {}, network: { interface: 'net1' } } },
        matrix: { explicit: [{ 'network.interface': null }] },
      }),
    ],
  ])('%s', (_, set) => {
    expect(told(set)).toEqual({});
  });
});

describe('every member is checked as a whole', () => {
  test('a value of one cell is told at the matrix, with the cell', () => {
    expect(told(product({ 'sleep.duration': ['1s', '2x', '3s'] }))).toEqual({
      'spec.matrix.product[sleep.duration][1]': '"2x" is not allowed; like 1s (cell 1: sleep.duration "2x")',
    });
  });

  test("the workload's own rules hold for it", () => {
    expect(told(product({ 'sleep.duration': ['1s', '25h'] }))).toEqual({
      'spec.matrix.product[sleep.duration][1]': '25h is too long; up to 24h (cell 1: sleep.duration "25h")',
    });
  });

  test('an unknown path is told with what was meant', () => {
    expect(told(product({ 'sleep.durations': ['1s'] }))).toEqual({
      'spec.matrix.product[sleep.durations][0]': 'unknown field; did you mean "duration"? (cell 0: sleep.durations "1s")',
    });
  });

  test('what many cells share is told once', () => {
    expect(told(product({ 'sleep.duration': ['1s', '2s', '3s'], retries: [1, 99] }))).toEqual({
      // Axes are in the order of their paths and the last is the fastest, so the second value of retries begins with the fourth cell.
      'spec.matrix.product.retries[1]': '99 is not allowed; 0 to 10 (3 cells, first cell 3: retries 99, sleep.duration "1s")',
    });
  });

  test('a role that the workload has not is told at the pairs', () => {
    const matrix = { nodes: { roles: ['server', 'clinet'] } };
    expect(told(benchmarkSet({ template: { spec: { iperf: {} } }, matrix }))).toEqual({
      'spec.matrix.nodes.roles[1]': expect.stringMatching(/^unknown role; did you mean "client"\?/),
    });
  });

  test("a fault of the template's that no cell mends is the template's", () => {
    const set = benchmarkSet({
      template: { spec: { sleep: {}, network: { interface: 'net1' } } },
      matrix: { product: { 'sleep.duration': ['1s', '2s'] } },
    });
    expect(told(set)).toEqual({
      'spec.template.spec.network.interface': 'is allowed only with network.name, the attachment that becomes this interface',
    });
  });

  test('what the schema already refused in the template is not told again for every cell', () => {
    expect(told(benchmarkSet({ template: { spec: { sleep: {}, retries: 99 } } }))).toEqual({
      'spec.template.spec.retries': '99 is not allowed; 0 to 10',
    });
  });

  test('a cell without workload', () => {
    expect(Object.keys(told(benchmarkSet({ template: { spec: {} } })))).toEqual(['spec.template.spec']);
  });
});

test('faults of the set and of its cells are told together', () => {
  const set = benchmarkSet({ order: 'Shuffled', matrix: { product: { 'sleep.duration': ['2x'] } } });
  expect(Object.keys(told(set))).toEqual(['spec.order', 'spec.matrix.product[sleep.duration][0]']);
});

test('what cannot be expanded is told without its cells', () => {
  expect(Object.keys(told(benchmarkSet({ matrix: { product: { 'sleep.duration': [] } } })))).toEqual([
    'spec.matrix.product[sleep.duration]',
  ]);
});

test("names are refused that would not fit the members' pods", () => {
  const set = product({ 'sleep.duration': ['1s', '2s'] });
  const named = (length: number) => ({ ...set, metadata: { name: 'n'.repeat(length) } });
  // <name>-0-0-sleeper-0-a99 has 18 characters beside the name.
  expect([told(named(45)), Object.keys(told(named(46)))]).toEqual([{}, ['metadata.name']]);
});

test('a thousand faulty cells are one line', () => {
  const durations = Array.from({ length: 1000 }, (_, index) => `${index + 1}s`);
  expect(Object.keys(told(product({ 'sleep.duration': durations, retries: [99] })))).toEqual(['spec.matrix.product.retries[0]']);
});

describe('a member is what its cell makes of it', () => {
  test('a faulty cell that is excluded is not told', () => {
    const matrix = { product: { 'sleep.duration': ['1s', '2s'], retries: [1, 99] }, exclude: [{ retries: 99 }] };
    expect(told(benchmarkSet({ matrix }))).toEqual({});
  });

  test('another workload takes the place of the template, with its own rules', () => {
    const matrix = { explicit: [{ sleep: { duration: '1s' } }, { iperf: { protocol: 'UDP' } }] };
    expect(Object.keys(told(benchmarkSet({ matrix })))).toEqual(['spec.matrix.explicit[1].iperf.bitrate']);
  });

  test('values that are wrong only together are told where the rule looks', () => {
    const template = { spec: { iperf: {} } };
    const matrix = { product: { 'iperf.reverse': [false, true], 'iperf.bidirectional': [false, true] } };
    expect(told(benchmarkSet({ template, matrix }))).toEqual({
      'spec.matrix.product[iperf.bidirectional][1]':
        'reverse and bidirectional exclude each other; bidirectional measures both ways ' +
        '(cell 3: iperf.bidirectional true, iperf.reverse true)',
    });
  });

  test('a role of no workload is told at the axis that names it', () => {
    expect(Object.keys(told(product({ 'placement.nodes.client': ['a'] })))).toEqual(['spec.matrix.product[placement.nodes.client][0]']);
  });

  test('problems of two cells with words of their own are told each', () => {
    expect(Object.keys(told(product({ 'sleep.duration': ['x', '1s', 'y'] })))).toEqual([
      'spec.matrix.product[sleep.duration][0]',
      'spec.matrix.product[sleep.duration][2]',
    ]);
  });
});

/** The longest name under which a set is taken. */
const longest = (set: ReturnType<typeof benchmarkSet>) => {
  const fits = (length: number) => !('metadata.name' in told({ ...set, metadata: { name: 'n'.repeat(length) } }));
  return Array.from({ length: 63 }, (_, index) => index + 1).findLast(fits);
};
const generated = (length: number) => told({ ...benchmarkSet({}), metadata: { generateName: 'n'.repeat(length) } });

describe('the room for names', () => {
  test.each([
    ['one cell, one run', benchmarkSet({}), 45],
    ['ten runs have one digit', benchmarkSet({ repetitions: 10 }), 45],
    ['eleven have two', benchmarkSet({ repetitions: 11 }), 44],
    ['warm-up counts as a run', benchmarkSet({ repetitions: 10, warmup: 1 }), 44],
    ['eleven cells', product({ retries: Array.from({ length: 11 }, (_, index) => index) }), 44],
    ['the longest role of any cell', benchmarkSet({ matrix: { explicit: [{ iperf: {} }, { 'sleep.duration': '1s' }, { fio: {} }] } }), 45],
    ['roles with shorter names leave more', benchmarkSet({ template: { spec: { iperf: {} } } }), 46],
  ])('%s', (_, set, length) => {
    expect(longest(set)).toBe(length);
  });

  test('a generated name counts with its five letters', () => {
    expect([generated(40), Object.keys(generated(41))]).toEqual([{}, ['metadata.name']]);
  });
});
