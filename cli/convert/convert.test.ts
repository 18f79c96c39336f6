import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { convertObject, convertText } from './convert.ts';

const iperf = (more: object = {}) => ({
  apiVersion: 'perftest.stackhpc.com/v1alpha1',
  kind: 'IPerf',
  metadata: { name: 'net' },
  spec: { duration: 5, streams: 1 },
  ...more,
});

describe('a text', () => {
  test('may hold several objects; lines are those of the file', () => {
    const [first, second] = [JSON.stringify(iperf()), JSON.stringify(iperf({ spec: { duration: 5, streams: 1, zone: 'a' } }))];
    const { objects, notes, problems } = convertText(`${first}\n---\n${second}\n---\n# the end\n`);
    expect([objects.length, notes, problems]).toEqual([
      2,
      [{ line: 3, path: 'spec.zone', message: 'has no counterpart and is left out' }],
      [],
    ]);
  });

  test.each([
    ['nothing', '# nothing\n', 'holds no object'],
    ['no YAML', 'a: [', 'Flow sequence'],
    ['aliases without end', `a: &a [x]\nb: [${'*a,'.repeat(200)}]`, 'cannot be read as YAML'],
    [
      'an object of ours',
      'apiVersion: assay.dev/v1alpha1\nkind: Benchmark',
      'perftest.stackhpc.com/v1alpha1 and perftest.nscale.com/v1alpha1 can',
    ],
    [
      'a kind that is not known',
      'apiVersion: perftest.nscale.com/v1alpha1\nkind: Fio',
      'IPerf, RDMABandwidth, RDMALatency, BenchmarkSet can',
    ],
    ['a list', '- a', 'cannot be converted'],
  ])('%s: refused', (_, text, said) => {
    const { objects, problems } = convertText(text);
    expect([objects, problems.map(({ message }) => message).join()]).toEqual([[], expect.stringContaining(said)]);
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void convertText(text)));
  });
});

describe('an object', () => {
  test('keeps name, namespace, labels and annotations, and nothing of its cluster', () => {
    const annotations = { owner: 'me', 'kubectl.kubernetes.io/last-applied-configuration': '{}' };
    const metadata = { name: 'net', namespace: 'a', labels: { b: 'c' }, annotations, uid: 'x', resourceVersion: '1' };
    const { object } = convertObject(iperf({ metadata, status: { phase: 'Completed' } }));
    expect(object).toMatchObject({ apiVersion: 'assay.dev/v1alpha1', kind: 'Benchmark' });
    expect(object?.metadata).toEqual({ name: 'net', namespace: 'a', labels: { b: 'c' }, annotations: { owner: 'me' } });
  });

  test('that would not be valid is refused, with the path in the result', () => {
    const { problems } = convertObject(iperf({ spec: { duration: 5, streams: 1000 } }));
    expect(problems).toEqual([{ path: 'spec.iperf.streams', message: '1000 is not allowed; 1 to 128 (as converted)' }]);
  });

  test('of too many combinations is refused', () => {
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
});
