import { describe, expect, test } from '@jest/globals';
import { configMaps, namespaces } from '../../operator/kube/object.ts';
import { Kinds } from './kinds.ts';
import { generatedName, metadataCauses, stamp, timestamp } from './metadata.ts';
import type { ApiObject } from './object.ts';

const kinds = new Kinds();

function object(metadata: Partial<ApiObject['metadata']>): ApiObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', ...metadata } };
}

function fields(metadata: Partial<ApiObject['metadata']>, resource = configMaps): (string | undefined)[] {
  return metadataCauses(object(metadata), kinds.get(resource)).map(({ field }) => field);
}

describe('names', () => {
  test.each(['a', 'a-b', 'a.b', '0', 'a'.repeat(253)])('%s is one', (name) => {
    expect(fields({ name })).toEqual([]);
  });

  test.each(['', 'A', 'a_b', '-a', 'a-', 'a..b', '.a', 'a b', 'ä', 'a/b', 'a'.repeat(254)])('%s is none', (name) => {
    expect(fields({ name })).toEqual(['metadata.name']);
  });

  test.each([
    ['a'.repeat(63), []],
    ['a'.repeat(64), ['metadata.name']],
    ['a.b', ['metadata.name']],
  ])('of a namespace: %s gives %j', (name, wanted) => {
    expect(fields({ name }, namespaces)).toEqual(wanted);
  });

  test('that are generated fit 63 characters, however long the prefix', () => {
    expect(generatedName('x'.repeat(100))).toMatch(/^x{58}[a-z0-9]{5}$/);
  });

  test('that are generated have no vowels after the prefix', () => {
    expect(generatedName('run-')).toMatch(/^run-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  });
});

describe('labels', () => {
  test.each([{ a: '' }, { a: 'b' }, { 'example.dev/a': 'B_c.d-1' }, { A: 'x'.repeat(63) }])('%j are some', (labels) => {
    expect(fields({ labels })).toEqual([]);
  });

  test.each<[Record<string, unknown>]>([
    [{ '': 'x' }],
    [{ '-a': 'x' }],
    [{ 'a/b/c': 'x' }],
    [{ 'UPPER.dev/a': 'x' }],
    [{ a: 'x'.repeat(64) }],
    [{ a: 'b c' }],
    [{ a: 1 }],
    [{ ['x'.repeat(64)]: 'a' }],
  ])('%j are none', (labels) => {
    expect(fields({ labels: labels as Record<string, string> })).toEqual(['metadata.labels']);
  });
});

describe('annotations', () => {
  test('may hold any text', () => {
    expect(fields({ annotations: { 'example.dev/A': '{"any": "text\n"}' } })).toEqual([]);
  });

  test('of more than 256 KiB are too long', () => {
    expect(fields({ annotations: { a: 'x'.repeat(256 * 1024) } })).toEqual(['metadata.annotations']);
  });

  test('need keys that are some', () => {
    expect(fields({ annotations: { 'a b': 'x' } })).toEqual(['metadata.annotations']);
  });
});

describe('owners', () => {
  const owner = { apiVersion: 'v1', kind: 'Pod', name: 'a', uid: 'u' };

  test('name all that identifies them', () => {
    expect(fields({ ownerReferences: [{ ...owner, uid: '', kind: '' }] })).toEqual([
      'metadata.ownerReferences[0].kind',
      'metadata.ownerReferences[0].uid',
    ]);
  });

  test('have one controller among them at most', () => {
    const two = [
      { ...owner, controller: true },
      { ...owner, uid: 'v', controller: true },
    ];
    expect(fields({ ownerReferences: two })).toEqual(['metadata.ownerReferences']);
    expect(fields({ ownerReferences: two.slice(1) })).toEqual([]);
  });
});

describe('lists that the server itself walks through are lists, or refused', () => {
  test.each<[string, unknown, string[]]>([
    ['ownerReferences', {}, ['metadata.ownerReferences']],
    ['ownerReferences', 'u', ['metadata.ownerReferences']],
    ['ownerReferences', [null], ['apiVersion', 'kind', 'name', 'uid'].map((name) => `metadata.ownerReferences[0].${name}`)],
    ['ownerReferences', [], []],
    ['finalizers', 'example.dev/hold', ['metadata.finalizers']],
    ['finalizers', [1], ['metadata.finalizers']],
    ['finalizers', ['example.dev/hold', 'kubernetes'], []],
  ])('%s: %j', (name, value, wanted) => {
    expect(fields({ [name]: value })).toEqual(wanted);
  });
});

test('times are whole seconds', () => {
  expect(timestamp(Date.UTC(2026, 0, 2, 3, 4, 5, 678))).toBe('2026-01-02T03:04:05Z');
});

test('a stamp takes away what only the server may say', () => {
  const fresh = object({ uid: 'mine', generation: 9, deletionTimestamp: 'x', deletionGracePeriodSeconds: 1, managedFields: [{}] });
  stamp(fresh, kinds.get(configMaps), 0);
  expect(fresh.metadata).toEqual({
    name: 'a',
    uid: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
    creationTimestamp: '1970-01-01T00:00:00Z',
  });
});
