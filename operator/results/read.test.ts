import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { annotations } from './configmap.ts';
import type { ConfigMap } from './configmap.ts';
import { readResults, shardCount } from './read.ts';

const text = 'a,b\n1,2\n';
const facts = { bytes: text.length, sha256: createHash('sha256').update(text).digest('hex') };
const plain = { ...facts, encoding: 'plain', parts: [{ shard: 0, key: 'results.csv' }] };

/** A ConfigMap with an index that says this. */
function indexed(index: unknown, content: Pick<ConfigMap, 'data' | 'binaryData'> = { data: { 'results.csv': text } }): ConfigMap {
  return { metadata: { name: 'net-results', annotations: { [annotations.index]: JSON.stringify(index) } }, ...content };
}

const withFile = (file: unknown) => indexed({ version: 1, shards: 1, files: { 'results.csv': file } });

test('a file is read from where the index says, whatever lies beside it', () => {
  const content = { data: { 'results.csv': text, notes: 'by hand' } };
  expect(readResults([indexed({ version: 1, shards: 1, files: { 'results.csv': plain } }, content)])).toEqual({ 'results.csv': text });
});

test('parts are put together in the order of the index, not of the ConfigMaps', () => {
  const packed = gzipSync(text);
  const half = (from: number, to?: number) => packed.subarray(from, to).toString('base64');
  const parts = [
    { shard: 1, key: 'one' },
    { shard: 0, key: 'two' },
  ];
  const index = { version: 1, shards: 2, files: { 'results.csv': { ...facts, encoding: 'gzip', parts } } };
  const second: ConfigMap = { metadata: { name: 'net-results-1' }, binaryData: { one: half(0, 7) } };
  expect(readResults([indexed(index, { binaryData: { two: half(7) } }), second])).toEqual({ 'results.csv': text });
});

describe('an index that is none', () => {
  test.each<[string, ConfigMap]>([
    ['a list', indexed([])],
    ['nothing', indexed(null)],
    ['without a count', indexed({ version: 1, files: {} })],
    ['with half a ConfigMap', indexed({ version: 1, shards: 1.5, files: {} })],
    ['with no ConfigMap', indexed({ version: 1, shards: 0, files: {} })],
    ['with more ConfigMaps than anybody would read', indexed({ version: 1, shards: 1e9, files: {} })],
    ['without files', indexed({ version: 1, shards: 1 })],
    ['a file that is a text', withFile('results.csv')],
    ['a file without parts', withFile({ ...plain, parts: undefined })],
    ['a file without a length', withFile({ ...plain, bytes: '8' })],
    ['a part that is none', withFile({ ...plain, parts: [null] })],
    ['a part without a key', withFile({ ...plain, parts: [{ shard: 0 }] })],
    ['a part of no ConfigMap', withFile({ ...plain, parts: [{ shard: 'first', key: 'results.csv' }] })],
  ])('%s is refused by name', (_, configMap) => {
    expect(() => readResults([configMap])).toThrow('ConfigMap net-results holds no results');
    expect(() => shardCount(configMap)).toThrow('ConfigMap net-results holds no results');
  });
});

describe('what the index says is not there', () => {
  test.each([
    ['a key that is missing', { shard: 0, key: 'gone' }, 'results.csv: key gone is missing in ConfigMap net-results'],
    ['a name that every object has', { shard: 0, key: 'constructor' }, 'results.csv: key constructor is missing in ConfigMap net-results'],
    ['a ConfigMap that is missing', { shard: 3, key: 'results.csv' }, 'results.csv: key results.csv is missing in ConfigMap number 3'],
  ])('%s', (_, part, message) => {
    expect(() => readResults([withFile({ ...plain, parts: [part] })])).toThrow(message);
  });
});

test.each([
  ['another text of the same length', { ...plain, sha256: '0'.repeat(64) }],
  ['a text of another length', { ...plain, bytes: 7 }],
  ['no hash', { ...plain, sha256: undefined }],
])('%s is not taken for the file', (_, file) => {
  expect(() => readResults([withFile(file)])).toThrow(/^results\.csv: 8 bytes do not match the \d bytes and the hash in the index/);
});
