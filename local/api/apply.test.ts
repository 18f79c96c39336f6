import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { applied } from './apply.ts';
import type { ApiObject, Fields } from './object.ts';
import { copy } from './object.ts';
import { afterUpdate, createdBy, withMetadata } from './owners.ts';
import type { Writer } from './owners.ts';
import { StatusError } from './status.ts';

const schema = withMetadata({
  properties: { spec: { properties: { parts: { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] } } } },
});

function writer(manager: string, operation: Writer['operation'] = 'Apply'): Writer {
  return { manager, operation, apiVersion: 'v1', time: '2026-01-01T00:00:00Z' };
}

function object(spec: Fields, metadata: Partial<ApiObject['metadata']> = {}): ApiObject {
  return { apiVersion: 'v1', kind: 'Thing', metadata: { name: 'a', ...metadata }, spec };
}

/** An object made by a plain request of `creator`. */
function live(spec: Fields): ApiObject {
  return object(spec, { managedFields: createdBy(writer('creator', 'Update')) });
}

function apply(on: ApiObject, spec: Fields, manager = 'me', force = false): ApiObject {
  const result = applied(on, object(spec), schema, writer(manager), force);
  const { managedFields, ...metadata } = result.object.metadata;
  const owned = result.managedFields ?? managedFields;
  return { ...result.object, metadata: { ...metadata, ...(owned && { managedFields: owned }) } };
}

function managers({ metadata }: ApiObject): unknown[] {
  return (metadata.managedFields ?? []).map((entry) => (entry as { manager: string }).manager);
}

describe('apply', () => {
  test.each<[string, ApiObject, Fields[], Fields]>([
    ['adds fields', live({ a: 1 }), [{ b: 2 }], { a: 1, b: 2 }],
    ['changes its own fields', live({}), [{ b: 2 }, { b: 3 }], { b: 3 }],
    ['removes its own fields that it names no more', live({ a: 1 }), [{ b: 2 }, {}], { a: 1 }],
    ['keeps a field that the creator set to the same', live({ a: 1 }), [{ a: 1 }, {}], { a: 1 }],
    ['removes what it leaves empty', live({ a: 1 }), [{ deep: { er: { b: 2 } } }, {}], { a: 1 }],
    [
      'adds items to a keyed list',
      live({ parts: [{ name: 'x' }] }),
      [{ parts: [{ name: 'y' }] }],
      { parts: [{ name: 'x' }, { name: 'y' }] },
    ],
    ['removes its own items', live({ parts: [{ name: 'x' }] }), [{ parts: [{ name: 'y', n: 1 }] }, {}], { parts: [{ name: 'x' }] }],
    [
      'removes its own field of an item of another',
      live({ parts: [{ name: 'x', n: 1 }] }),
      [{ parts: [{ name: 'x', m: 2 }] }, { parts: [{ name: 'x' }] }],
      { parts: [{ name: 'x', n: 1 }] },
    ],
    ['replaces a list without a type', live({}), [{ list: [1, 2] }, { list: [3] }], { list: [3] }],
    ['turns an empty object into a full one', live({}), [{ map: {} }, { map: { a: 1 } }], { map: { a: 1 } }],
  ])('%s', (_, on, specs, wanted) => {
    const end = specs.reduce<ApiObject>((state, spec) => apply(state, spec), on);
    expect(end.spec ?? {}).toEqual(wanted);
  });

  test('refuses to change what the creator set, and names him and the field', () => {
    expect(() => apply(live({ a: { b: 1 } }), { a: { b: 2 } })).toThrow(
      'Apply failed with 1 conflict: conflict with "creator" using v1: .spec.a.b',
    );
  });

  test('names the conflicts of each manager by itself', () => {
    const both = apply(live({ a: 1 }), { b: 1, c: 1 }, 'other');
    expect(() => apply(both, { a: 2, b: 2, c: 2 })).toThrow(
      'Apply failed with 3 conflicts: conflict with "creator" using v1: .spec.a\nconflicts with "other":\n- .spec.b\n- .spec.c',
    );
  });

  test('takes over by force, so that the field is its own to remove', () => {
    const taken = apply(live({ a: 1, b: 1 }), { a: 2 }, 'me', true);
    expect(apply(taken, {}).spec).toEqual({ b: 1 });
  });

  test('forgets a manager that owns nothing any more', () => {
    const taken = apply(live({ a: 1 }), { a: 2 }, 'me', true);
    expect(managers(taken)).toEqual(['me']);
  });

  test('leaves managedFields as they are when nothing changes', () => {
    const once = apply(live({ a: 1 }), { b: 1 });
    expect(apply(once, { b: 1 }).metadata.managedFields).toBe(once.metadata.managedFields);
  });

  test('does not touch the object that it starts from', () => {
    const start = apply(live({ a: 1 }), { parts: [{ name: 'x' }], deep: { b: 1 } });
    const before = copy(start);
    apply(start, {});
    expect(start).toEqual(before);
  });

  // JSON has no objects without a prototype; a comparison would tell them apart.
  const noNullPrototype = true;
  const spec = fc.dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.oneof(fc.integer(), fc.dictionary(fc.constantFrom('x', 'y'), fc.integer(), { minKeys: 1, noNullPrototype })),
    { noNullPrototype },
  );

  test('twice is as once', () => {
    fc.assert(
      fc.property(spec, spec, (first, second) => {
        const once = apply(live(first), second, 'me', true);
        expect(apply(once, second, 'me')).toEqual(once);
      }),
    );
  });

  test('of nothing gives the rest back', () => {
    fc.assert(
      fc.property(fc.integer(), spec, (mine, theirs) => {
        const start = live({ ...theirs, own: 0 });
        const added = apply(start, { mine });
        expect(apply(added, {}).spec).toEqual(start.spec);
      }),
    );
  });

  test('either sets every field or is refused with a cause for each', () => {
    fc.assert(
      fc.property(spec, spec, (first, second) => {
        try {
          expect(apply(live(first), second).spec).toMatchObject(second);
        } catch (error) {
          if (!(error instanceof StatusError)) throw error;
          expect(error.status.code).toBe(409);
          expect(error.status.details?.causes?.length).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe('a plain write after an apply', () => {
  test('owns what it changed, and the applier does no more', () => {
    const before = apply(live({}), { a: 1, b: 1 });
    const next = object({ a: 2, b: 1 }, before.metadata);
    const owned = afterUpdate(before, next, schema, writer('editor', 'Update'));
    expect(owned).toMatchObject([
      { manager: 'me', fieldsV1: { 'f:spec': { 'f:b': {} } } },
      { manager: 'editor', operation: 'Update', fieldsV1: { 'f:spec': { 'f:a': {} } } },
    ]);
  });

  test('that removes a field leaves nobody owning it', () => {
    const before = apply(live({}), { a: 1, b: 1 });
    const owned = afterUpdate(before, object({ b: 1 }, before.metadata), schema, writer('editor', 'Update'));
    expect(owned).toMatchObject([{ manager: 'me', fieldsV1: { 'f:spec': { 'f:b': {} } } }]);
  });

  test('that changes nothing changes no owner', () => {
    const before = apply(live({}), { a: 1 });
    expect(afterUpdate(before, before, schema, writer('editor', 'Update'))).toBe(before.metadata.managedFields);
  });

  test('is not kept where nobody applies', () => {
    const before = live({ a: 1 });
    expect(afterUpdate(before, object({ a: 2 }, before.metadata), schema, writer('editor', 'Update'))).toBe(before.metadata.managedFields);
  });
});
