import { expect, test } from '@jest/globals';
import { convertObject } from './convert-object.ts';
import { theirIPerf as iperf } from './testing.ts';

test('an object keeps name, namespace, labels and annotations, and nothing of its cluster', () => {
  const annotations = {
    owner: 'me',
    'kubectl.kubernetes.io/last-applied-configuration': '{}',
    'perftest.stackhpc.com/last-handled-configuration': '{}',
  };
  const metadata = {
    name: 'net',
    namespace: 'a',
    labels: { b: 'c', 'perftest.nscale.com/benchmark-set': 'all' },
    annotations,
    uid: 'x',
    resourceVersion: '1',
  };
  const { object } = convertObject(iperf({ metadata, status: { phase: 'Completed' } }));
  expect(object).toMatchObject({ apiVersion: 'assay.dev/v1alpha1', kind: 'Benchmark' });
  expect(object?.metadata).toEqual({ name: 'net', namespace: 'a', labels: { b: 'c' }, annotations: { owner: 'me' } });
});

test('an object that would not be valid is refused, with the path in the result', () => {
  const { problems } = convertObject(iperf({ spec: { duration: 5, streams: 1000 } }));
  expect(problems).toEqual([{ path: 'spec.iperf.streams', message: '1000 is not allowed; 1 to 128 (as converted)' }]);
});

test('a set of too many combinations is refused', () => {
  const many = Array.from({ length: 300 }, (_, index) => index + 1);
  const template = { apiVersion: 'perftest.stackhpc.com/v1alpha1', kind: 'IPerf', spec: {} };
  const spec = { template, permutations: { product: { streams: many, duration: many } } };
  expect(convertObject(iperf({ kind: 'BenchmarkSet', spec })).problems).toEqual([
    { path: 'spec', message: expect.stringContaining('90000 combinations') },
  ]);
});

test('hostile text changes no other field', () => {
  const hostile = '1\nhostNetwork: true\n--privileged {{ p.x }} ${HOME} `id`';
  const { problems } = convertObject(iperf({ spec: { duration: 5, streams: 1, networkName: hostile, imagePullPolicy: hostile } }));
  expect(problems.map(({ path }) => path).toSorted()).toEqual(['spec.network.name', 'spec.pod.imagePullPolicy']);
});

test('a name that the cluster makes stays one', () => {
  expect(convertObject(iperf({ metadata: { generateName: 'net-' } })).object?.metadata).toEqual({ generateName: 'net-' });
});

test.each<[string, unknown, string, string]>([
  ['text', 'x', '', 'is no object'],
  ['a group that is not theirs', iperf({ apiVersion: { of: 'theirs' } }), 'apiVersion', '{"of":"theirs"} cannot be converted'],
  ['a long apiVersion, cut', iperf({ apiVersion: 'x'.repeat(1000) }), 'apiVersion', `${'x'.repeat(59)}... cannot be converted`],
  ['a kind that is none', iperf({ kind: ['IPerf'] }), 'kind', '["IPerf"] cannot be converted; IPerf,'],
  ['no spec', iperf({ spec: undefined }), 'spec', 'is missing or no object'],
  ['a spec that is text', iperf({ spec: 'x' }), 'spec', 'is missing or no object'],
  ['no name', iperf({ metadata: {} }), 'metadata.name', 'is missing'],
])('%s is refused', (_, object, path, said) => {
  expect(convertObject(object).problems).toEqual([{ path, message: expect.stringContaining(said) }]);
});

test('a field beside the spec is named', () => {
  expect(convertObject(iperf({ streams: 4 })).notes).toEqual([{ path: 'streams', message: 'has no counterpart and is left out' }]);
});
