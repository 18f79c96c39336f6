import { describe, expect, test } from '@jest/globals';
import { CrdSchema } from '../crd-schema.ts';

// A CRD says nothing of metadata; the API server checks it all the same.
const schema = new CrdSchema({ type: 'object' });

function refused(metadata: object): string[] {
  return schema.validate({ apiVersion: 'a/v1', kind: 'Widget', metadata }).map(({ path }) => path);
}

describe('a name', () => {
  test.each(['a', 'a-b', 'a.b', '0', 'a'.repeat(253), '1.2-3'])('%.40s is one', (name) => {
    expect(refused({ name })).toEqual([]);
  });

  test.each(['A', 'a_b', '-a', 'a-', 'a..b', '.a', 'a.', 'a b', 'ä', 'a/b', '', 'a'.repeat(254), 'a\n', 5, null])(
    '%.40j is none',
    (name) => {
      expect(refused({ name })).toEqual(['metadata.name']);
    },
  );
});

describe('a namespace', () => {
  test.each(['', 'a', 'team-1', 'a'.repeat(63)])('%j is one', (namespace) => {
    expect(refused({ name: 'a', namespace })).toEqual([]);
  });

  test.each(['a.b', 'A', '-a', 'a'.repeat(64)])('%j is none', (namespace) => {
    expect(refused({ name: 'a', namespace })).toEqual(['metadata.namespace']);
  });
});

describe('labels', () => {
  test.each([{ a: '' }, { a: 'B_c.d-1' }, { 'example.dev/a': 'x' }, { 'a.b.c/D_e': 'x' }, { ['k'.repeat(63)]: 'v'.repeat(63) }])(
    '%j are some',
    (labels) => {
      expect(refused({ name: 'a', labels })).toEqual([]);
    },
  );

  test.each<[object, string]>([
    [{ a: 'b c' }, 'metadata.labels.a'],
    [{ a: '-b' }, 'metadata.labels.a'],
    [{ a: 'b.' }, 'metadata.labels.a'],
    [{ a: 'v'.repeat(64) }, 'metadata.labels.a'],
    [{ a: 1 }, 'metadata.labels.a'],
    [{ a: true }, 'metadata.labels.a'],
    [{ 'a b': '' }, 'metadata.labels'],
    [{ '/a': '' }, 'metadata.labels'],
    [{ 'a/': '' }, 'metadata.labels'],
    [{ 'a/b/c': '' }, 'metadata.labels'],
    [{ 'UPPER.dev/a': '' }, 'metadata.labels'],
    [{ ['k'.repeat(64)]: '' }, 'metadata.labels'],
    [['a'], 'metadata.labels'],
  ])('%j are none', (labels, path) => {
    expect(refused({ name: 'a', labels })).toEqual([path]);
  });
});

describe('annotations', () => {
  test('have keys as labels have, and any text', () => {
    expect(refused({ name: 'a', annotations: { 'example.dev/a': 'any\n{"text": 1}', b: '' } })).toEqual([]);
  });

  test.each<[object, string]>([
    [{ 'a b': 'x' }, 'metadata.annotations'],
    [{ a: 1 }, 'metadata.annotations.a'],
    [{ a: {} }, 'metadata.annotations.a'],
  ])('%j are none', (annotations, path) => {
    expect(refused({ name: 'a', annotations })).toEqual([path]);
  });
});

describe('owners', () => {
  const owner = { apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' };

  test('may block a deletion and be the controller', () => {
    expect(refused({ name: 'a', ownerReferences: [{ ...owner, controller: true, blockOwnerDeletion: true }] })).toEqual([]);
  });

  test.each(Object.keys(owner))('without %s are refused', (field) => {
    expect(refused({ name: 'a', ownerReferences: [{ ...owner, [field]: undefined }] })).toEqual([`metadata.ownerReferences[0].${field}`]);
  });
});

test('what the server itself writes is taken back: an exported object can be applied', () => {
  const metadata = {
    name: 'a',
    uid: 'u',
    resourceVersion: '7',
    generation: 3,
    creationTimestamp: null,
    deletionTimestamp: '2026-01-01T00:00:00Z',
    deletionGracePeriodSeconds: 0,
    finalizers: ['example.dev/hold'],
    selfLink: '/a',
    managedFields: [{ manager: 'm', fieldsV1: { 'f:spec': {} } }],
  };
  expect(refused(metadata)).toEqual([]);
  expect(schema.unknownFields({ apiVersion: 'a/v1', kind: 'Widget', metadata })).toEqual([]);
});
