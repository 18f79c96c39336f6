import { describe, expect, test } from '@jest/globals';
import { compact } from './compact.ts';
import { convertSet } from './set.ts';
import { type Note, Source } from './source.ts';
import { convertSuccessorSet } from './successor-set.ts';

type SetConverter = typeof convertSet;

function converting(convert: SetConverter, group: string) {
  return (template: object, more: object = {}, kind = 'IPerf') => {
    const notes: Note[] = [];
    const spec = { template: { apiVersion: `${group}/v1alpha1`, kind, spec: template }, ...more };
    const source = new Source(spec, (field) => `spec.${field}`, notes);
    const made = convert(source, notes);
    source.end();
    return { spec: made && compact(made), notes: [...new Set(notes.map(({ path, message }) => `${path}: ${message}`))] };
  };
}

const first = converting(convertSet, 'perftest.stackhpc.com');
const second = converting(convertSuccessorSet, 'perftest.nscale.com');

describe('a set of the first generation', () => {
  test('repeats its template, cell by cell', () => {
    expect(first({ duration: 5 }, { repetitions: 3 })).toEqual({
      spec: { template: { spec: { iperf: { version: 2, duration: '5s' } } }, repetitions: 3, order: 'Sequential' },
      notes: [],
    });
  });

  test('goes through its product', () => {
    const permutations = { product: { streams: [1, 2], hostNetwork: [true, false] } };
    expect(first({}, { permutations }).spec?.matrix).toEqual({ product: { 'iperf.streams': [1, 2], 'network.host': [true, false] } });
  });

  test('lays explicit cells over its template: objects merge, lists are joined', () => {
    const permutations = { explicit: [{ extraArgs: ['--odp'], resources: { limits: { b: 1 } } }] };
    const { spec } = first({ extraArgs: ['--ipv6'], resources: { limits: { a: 1 } } }, { permutations }, 'RDMALatency');
    expect(spec?.matrix).toEqual({ explicit: [{ 'rdmaLatency.extraArgs': ['--ipv6', '--odp'], 'pod.resources.limits.b': 1 }] });
  });

  test('writes out a product of parameters that depend on each other', () => {
    const permutations = { product: { rw: ['read', 'rw'], rwmixread: [30, 70] } };
    expect(first({}, { permutations }, 'Fio').spec?.matrix).toEqual({
      explicit: [{}, { 'fio.rw': 'rw', 'fio.readPercent': 30 }, { 'fio.rw': 'rw', 'fio.readPercent': 70 }],
    });
  });

  test.each<[string, unknown, string]>([
    [
      'a parameter without a counterpart',
      { product: { streams: [1], fioPort: [1, 2] } },
      'spec.permutations.product.fioPort: has no counterpart',
    ],
    ['an axis without values', { product: { streams: [] } }, 'spec.permutations.product.streams: lists no values'],
    ['a field of an explicit cell', { explicit: [{ zone: 'a' }] }, 'spec.permutations.explicit: has no counterpart'],
    ['permutations that are none', 5, 'spec.permutations: is no object'],
    ['a product that is none', { product: [1] }, 'spec.permutations.product: is no object'],
    ['a cell that is none', { explicit: [5] }, 'spec.permutations.explicit[0]: is no object'],
    ['a word that is not known', { sample: 3 }, 'spec.permutations.sample: has no counterpart'],
  ])('names %s', (_, permutations, said) => {
    expect(first({}, { permutations }).notes).toContainEqual(expect.stringContaining(said));
  });

  test('that has a matrix is told to be of the second', () => {
    expect(first({}, { matrix: {} }).notes).toEqual([
      expect.stringMatching(/^spec\.matrix: is of the second generation; write perftest\.nscale\.com/),
    ]);
  });

  test('gives runs that take longer than ours may by themselves more time, and no others', () => {
    const permutations = { product: { duration: [30, 7200] } };
    expect(first({ streams: 1 }, { permutations }).spec?.matrix).toEqual({
      explicit: [{ 'iperf.duration': '30s' }, { 'iperf.duration': '7200s', 'timeouts.running': '24h' }],
    });
  });

  test('of another kind is none', () => {
    expect(first({}, {}, 'Deployment')).toEqual({
      spec: undefined,
      notes: [expect.stringContaining('"Deployment" of "perftest.stackhpc.com/v1alpha1"')],
    });
  });
});

const hostname = 'kubernetes.io/hostname';
const pairs = { permutations: { length: 2, source: { nodes: { selector: { matchLabels: { pool: 'hpc' } } } } } };
const nodes = { selector: { matchLabels: { pool: 'hpc' } }, pairs: 'Ordered' };

describe('a set of the second generation', () => {
  test('goes through the values of its parameters where the template has their places', () => {
    const matrix = { product: { n: { valuesFrom: [1, 2] }, t: { valuesFrom: [5, 10] } } };
    expect(second({ streams: '{{ p.n }}', duration: '{{ p.t }}' }, { matrix })).toEqual({
      spec: {
        template: { spec: { iperf: { version: 3 } } },
        matrix: { product: { 'iperf.streams': [1, 2], 'iperf.duration': ['5s', '10s'] } },
      },
      notes: [],
    });
  });

  test.each<[string, object]>([
    [
      'an affinity to both',
      {
        pods: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchExpressions: [{ key: hostname, operator: 'In', values: '{{ p.pair | toyaml }}' }] }],
            },
          },
        },
      },
    ],
    [
      'a selector a role',
      { server: { nodeSelector: { [hostname]: '{{ p.pair[0] }}' } }, client: { nodeSelector: { [hostname]: '{{ p.pair[1] }}' } } },
    ],
  ])('has pairs of nodes as an axis of ours: %s', (_, placement) => {
    expect(second({ streams: 1, ...placement }, { matrix: { product: { pair: pairs } } })).toEqual({
      spec: { template: { spec: { iperf: { version: 3, streams: 1 } } }, matrix: { nodes } },
      notes: [],
    });
  });

  test('has explicit cells', () => {
    expect(second({ streams: '{{ p.n }}' }, { matrix: { explicit: [{ n: 3 }] } }).spec?.matrix).toEqual({
      explicit: [{ 'iperf.streams': 3 }],
    });
  });

  test.each<[string, object, object, string]>([
    ['a generator that we have not', {}, { n: { sample: {} } }, 'spec.matrix.product.n: draws a sample'],
    ['a parameter that is not used', {}, { n: { valuesFrom: [1] } }, 'spec.matrix.product.n: makes no difference'],
    ['a second pair', {}, { a: pairs, b: pairs }, 'spec.matrix.product.b: is a second axis'],
    [
      'a pair in another place',
      { pods: { labels: { x: 'on-{{ p.pair[0] }}' } } },
      { pair: pairs },
      'spec.template.spec: uses the names of a pair',
    ],
    ['a computed value', { streams: '{{ p.n * 2 }}' }, { n: { valuesFrom: [1] } }, 'spec.template.spec.streams: "{{ p.n * 2 }}" computes'],
  ])('names %s', (_, template, product, said) => {
    expect(second(template, { matrix: { product } }).notes).toContainEqual(expect.stringContaining(said));
  });
});
