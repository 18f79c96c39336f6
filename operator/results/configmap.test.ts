import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { nap, resultsOwner } from './builders.ts';
import { annotations, isResultOf, resultsConfigMaps, resultsName } from './configmap.ts';
import type { ConfigMap } from './configmap.ts';
import type { Files } from './files.ts';
import { readResults, shardCount } from './read.ts';

const limit = 900 * 1024;
const written = (files: Files, spec = {}) => resultsConfigMaps(resultsOwner(spec), 'net-results', files);
const size = (configMap: ConfigMap) => Buffer.byteLength(JSON.stringify(configMap));
/** Text that gzip cannot shrink much. */
const noise = (bytes: number) =>
  randomBytes(Math.ceil((bytes * 3) / 4))
    .toString('base64')
    .slice(0, bytes);
const small: Files = { 'summary.md': '# net\n', 'summary.json': '{"version":1}\n', 'results.csv': 'a,b\n' };
const large: Files = { ...small, 'results.csv': noise(3_000_000) };
const first = (configMaps: readonly ConfigMap[]): ConfigMap => {
  const [configMap] = configMaps;
  if (!configMap) throw new Error('no ConfigMap');
  return configMap;
};

describe('small results', () => {
  test('are one ConfigMap of plain text', () => {
    expect(written(small)).toHaveLength(1);
    expect(first(written(small)).data).toEqual(small);
    expect(first(written(small)).metadata.name).toBe('net-results');
  });

  test('are deleted with their owner', () => {
    expect(first(written(small)).metadata.ownerReferences).toEqual([
      { apiVersion: 'assay.dev/v1alpha1', kind: 'BenchmarkSet', name: 'net', uid: 'uid-1', controller: true },
    ]);
  });

  test('unless they are retained, and still say whose they are', () => {
    const { metadata } = first(written(small, { results: { retain: true } }));
    expect(metadata).not.toHaveProperty('ownerReferences');
    expect(metadata.annotations?.[annotations.ownerUid]).toBe('uid-1');
  });

  test('can be found by label', () => {
    expect(first(written(small)).metadata.labels).toEqual({ 'assay.dev/set': 'net', 'app.kubernetes.io/managed-by': 'assay' });
  });
});

describe('of a lone Benchmark', () => {
  const { metadata } = first(resultsConfigMaps(nap({}), resultsName('nap'), small));

  test('are named after it and found by its label', () => {
    expect(metadata).toMatchObject({ name: 'nap-results', namespace: 'bench', labels: { 'assay.dev/benchmark': 'nap' } });
  });

  test('are deleted with it', () => {
    expect(metadata.ownerReferences).toMatchObject([{ kind: 'Benchmark', name: 'nap', uid: 'uid-2' }]);
  });
});

test('every ConfigMap says whose it is, but only the first has the index', () => {
  const all = written(large).map(({ metadata }) => metadata);
  expect(all.map(({ annotations: own }) => own?.[annotations.ownerUid])).toEqual(all.map(() => 'uid-1'));
  expect(all.map(({ annotations: own }) => annotations.index in (own ?? {}))).toEqual(all.map((_, index) => index === 0));
});

describe('large results', () => {
  test('are spread over ConfigMaps below 900 KiB each, under numbered names', () => {
    const configMaps = written(large);
    expect(configMaps.length).toBeGreaterThan(1);
    expect(configMaps.map(({ metadata }) => metadata.name)).toEqual(
      configMaps.map((_, index) => (index === 0 ? 'net-results' : `net-results-${index}`)),
    );
    for (const configMap of configMaps) expect(size(configMap)).toBeLessThan(limit);
  });

  test('keep small files readable as they are', () => {
    expect(first(written(large)).data?.['summary.md']).toBe('# net\n');
  });

  test('shrink: a megabyte of repeated rows needs one ConfigMap', () => {
    expect(written({ 'results.csv': 'net-0-0,0,0,bandwidth,1\n'.repeat(50_000) })).toHaveLength(1);
  });

  test('say in the first how many there are', () => {
    const configMaps = written(large);
    expect(shardCount(first(configMaps))).toBe(configMaps.length);
  });

  test('quotes and line ends, which double in a request, are reckoned with', () => {
    for (const configMap of written({ a: '"\n'.repeat(30_000), b: '"\n'.repeat(30_000), c: '"\n'.repeat(400_000) })) {
      expect(size(configMap)).toBeLessThan(limit);
    }
  });
});

test('the same files give the same objects', () => {
  expect(written(large)).toEqual(written(large));
});

describe('reading back', () => {
  test.each([
    ['small', small],
    ['large', large],
    ['empty file', { 'summary.md': '' }],
    ['no file', {}],
    ['beyond ASCII', { 'summary.md': 'µs – 9 ± 1 🙂' }],
  ])('%s', (_, files) => {
    expect(readResults(written(files))).toEqual(files);
  });

  test('property: whatever was written', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9.-]{0,20}$/);
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.nat({ max: 700_000 }).map((length) => noise(length)),
    );
    fc.assert(
      fc.property(fc.dictionary(name, text, { maxKeys: 4 }), (files) => {
        expect(readResults(written({ ...files }))).toEqual({ ...files });
      }),
      { numRuns: 20 },
    );
  });

  const changed = (change: (configMaps: ConfigMap[]) => void) => {
    const configMaps: ConfigMap[] = JSON.parse(JSON.stringify(written(large)));
    change(configMaps);
    return () => readResults(configMaps);
  };

  test.each<[string, () => unknown, RegExp]>([
    ['nothing', () => readResults([]), /there is no results ConfigMap/],
    ['somebody else’s ConfigMap', () => readResults([{ metadata: { name: 'x' } }]), /ConfigMap x holds no results/],
    [
      'an index that is no JSON',
      () => readResults([{ metadata: { name: 'x', annotations: { [annotations.index]: '{' } } }]),
      /ConfigMap x holds no results/,
    ],
    [
      'an index of another version',
      () => readResults([{ metadata: { name: 'x', annotations: { [annotations.index]: '{"version":2}' } } }]),
      /ConfigMap x holds no results/,
    ],
    [
      'a missing ConfigMap',
      changed((configMaps) => void configMaps.pop()),
      /results\.csv: key results\.csv\.gz\.\d is missing in ConfigMap number \d/,
    ],
    [
      'a changed text',
      changed(([one]) => Object.assign(one?.data ?? {}, { 'summary.md': '# nex\n' })),
      /summary\.md: 6 bytes do not match the 6 bytes and the hash/,
    ],
    ['a missing key', changed(([one]) => void delete one?.data?.['summary.md']), /key summary\.md is missing in ConfigMap net-results/],
    [
      'a damaged part',
      changed(([one]) => Object.assign(one?.binaryData ?? {}, { 'results.csv.gz.0': 'AAAA' })),
      /results\.csv: cannot be decompressed/,
    ],
  ])('refuses %s', (_, read, message) => {
    expect(read).toThrow(message);
  });

  test('does not inflate more than the index says', () => {
    const bomb: ConfigMap[] = JSON.parse(JSON.stringify(written({ 'results.csv': 'x'.repeat(600_000) })));
    const metadata = bomb[0]?.metadata;
    if (!metadata?.annotations) throw new Error('no annotations');
    metadata.annotations[annotations.index] = (metadata.annotations[annotations.index] ?? '').replace('"bytes":600000', '"bytes":10');
    expect(() => readResults(bomb)).toThrow('cannot be decompressed');
  });
});

test('of an owner that the API server has not seen yet, nothing is ours', () => {
  const { uid: _, ...metadata } = resultsOwner().metadata;
  const existing = { metadata: { name: 'net-results', annotations: { [annotations.ownerUid]: '' } } };
  expect(isResultOf(existing, { ...resultsOwner(), metadata })).toBe(false);
});

test.each([
  ['of this object', 'uid-1', true],
  ['of another of the same name', 'uid-0', false],
  ['of nobody known', undefined, false],
])('results %s are ours: %s', (_, uid, ours) => {
  const metadata = { name: 'net-results', ...(uid !== undefined && { annotations: { [annotations.ownerUid]: uid } }) };
  expect(isResultOf({ metadata }, resultsOwner())).toBe(ours);
});
