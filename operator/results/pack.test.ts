import { createHash, randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { packed } from './pack.ts';

const KiB = 1024;
/** A text that costs so many bytes in a request: the quotes around it are two of them. */
const costing = (bytes: number) => 'x'.repeat(bytes - 2);
/** Text that gzip makes no smaller than three quarters, and base64 as large again. */
const noise = (bytes: number) =>
  randomBytes((bytes * 3) / 4)
    .toString('base64')
    .slice(0, bytes);
const encodings = (files: Record<string, string>) => Object.values(packed(files).index.files).map(({ encoding }) => encoding);

describe('plain or gzipped', () => {
  test.each([
    ['all are plain up to 400 KiB together', [200 * KiB, 200 * KiB], ['plain', 'plain']],
    ['one byte more, and large files are gzipped', [200 * KiB, 200 * KiB + 1], ['gzip', 'gzip']],
    ['then small ones stay plain, up to 64 KiB each', [400 * KiB, 64 * KiB, 64 * KiB + 1], ['gzip', 'plain', 'gzip']],
  ])('%s', (_, sizes, expected) => {
    expect(encodings(Object.fromEntries(sizes.map((size, index) => [`f${index}`, costing(size)])))).toEqual(expected);
  });

  test('what counts is the size in a request, not that of the text', () => {
    expect(encodings({ quotes: '"'.repeat(201 * KiB) })).toEqual(['gzip']);
  });
});

describe('the index', () => {
  test('holds length and hash of the bytes, not of the characters', () => {
    const text = 'µs – 🙂';
    const hash = createHash('sha256').update(text).digest('hex');
    expect(packed({ 'summary.md': text }).index).toEqual({
      version: 1,
      shards: 1,
      files: { 'summary.md': { bytes: 12, sha256: hash, encoding: 'plain', parts: [{ shard: 0, key: 'summary.md' }] } },
    });
  });

  test('of a gzipped file is that of the text inside', () => {
    const { index, shards } = packed({ 'results.csv': costing(500 * KiB) });
    expect(index.files['results.csv']).toMatchObject({ bytes: 500 * KiB - 2, parts: [{ shard: 0, key: 'results.csv.gz' }] });
    expect(gunzipSync(Buffer.from(shards[0]?.binaryData['results.csv.gz'] ?? '', 'base64')).toString()).toBe(costing(500 * KiB));
  });

  test('names the parts of a large file in order, and where each is', () => {
    const { index, shards } = packed({ 'results.csv': noise(2_000_000) });
    expect(index.files['results.csv']?.parts).toEqual([
      { shard: 0, key: 'results.csv.gz.0' },
      { shard: 1, key: 'results.csv.gz.1' },
      { shard: 2, key: 'results.csv.gz.2' },
    ]);
    expect(shards.map(({ binaryData }) => Object.keys(binaryData))).toEqual([
      ['results.csv.gz.0'],
      ['results.csv.gz.1'],
      ['results.csv.gz.2'],
    ]);
  });

  test('nothing to hold is one empty ConfigMap, so that its reader finds the index', () => {
    expect(packed({})).toEqual({ index: { version: 1, shards: 1, files: {} }, shards: [{ data: {}, binaryData: {} }] });
  });
});

test('small files find room beside the first part of a large one', () => {
  const { shards } = packed({ 'summary.md': costing(20 * KiB), 'summary.json': costing(30 * KiB), 'results.csv': noise(1_000_000) });
  expect([Object.keys(shards[0]?.data ?? {}), Object.keys(shards[0]?.binaryData ?? {})]).toEqual([
    ['summary.md', 'summary.json'],
    ['results.csv.gz.0'],
  ]);
});

test('a ConfigMap that is full begins a new one, which is filled in its turn', () => {
  const files = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}`, costing(60 * KiB)]));
  expect(packed(files).shards.map(({ data }) => Object.keys(data).length)).toEqual([14, 14, 2]);
});
