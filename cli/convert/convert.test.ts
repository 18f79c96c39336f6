import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { convertText } from './convert.ts';
import { theirIPerf as iperf } from './testing.ts';

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

  test('may be a list, as kubectl prints several; paths are those in the list', () => {
    const text = stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [iperf(), iperf({ spec: { duration: 5, streams: 1, zone: 'a' } }), 5],
    });
    const { objects, notes, problems } = convertText(text);
    expect([objects.length, notes, problems]).toEqual([
      2,
      [{ line: 18, path: 'items[1].spec.zone', message: 'has no counterpart and is left out' }],
      [{ line: 19, path: 'items[2]', message: expect.stringContaining('is no object') }],
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
      'apiVersion: perftest.nscale.com/v1alpha1\nkind: Fio\nspec: {}',
      'IPerf, RDMABandwidth, RDMALatency, BenchmarkSet can',
    ],
    ['no object', '- a', 'is no object; it begins with apiVersion: perftest.stackhpc.com/v1alpha1'],
    ['an empty list', 'kind: List\nitems: []', 'holds no object'],
    ['a text of a size that nobody wrote', '#'.repeat(5_000_000), 'larger than 4 MiB'],
    ['a nest without end', '['.repeat(10_000), 'call stack'],
    ['a word that kubectl reads otherwise', 'spec: {hostNetwork: yes}', 'write true or false'],
  ])('%s: refused', (_, text, said) => {
    const { objects, problems } = convertText(text);
    expect([objects, problems.map(({ message }) => message).join()]).toEqual([[], expect.stringContaining(said)]);
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void convertText(text)));
  });
});
