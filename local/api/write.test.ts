import { beforeEach, describe, expect, test } from '@jest/globals';
import { configMaps, customResourceDefinitions, leases, nodes, pods } from '../../operator/kube/object.ts';
import type { Resource } from '../../operator/kube/object.ts';
import { customKinds } from './custom.ts';
import { Kinds } from './kinds.ts';
import type { Kind } from './kind.ts';
import type { ApiObject, Fields } from './object.ts';
import { copy, fieldAt } from './object.ts';
import { StatusError } from './status.ts';
import { Store } from './store.ts';
import { create, update } from './write.ts';
import type { WriteOptions } from './write.ts';

const kinds = new Kinds();
const things: Resource = { group: 'example.dev', version: 'v1', plural: 'things', kind: 'Thing' };

/** A custom kind with or without a status subresource; both its parts are open. */
function thing(subresources: Fields): Kind {
  const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const openAPIV3Schema = { type: 'object', properties: { spec: open, status: open } };
  const version = { name: 'v1', served: true, schema: { openAPIV3Schema }, subresources };
  const { apiVersion, kind } = { apiVersion: 'apiextensions.k8s.io/v1', kind: customResourceDefinitions.kind };
  const spec = { group: 'example.dev', scope: 'Namespaced', names: { plural: 'things', kind: 'Thing' }, versions: [version] };
  const [made] = customKinds({ apiVersion, kind, metadata: { name: 'things.example.dev' }, spec });
  if (!made) throw new Error('the definition serves nothing');
  return made;
}

const withStatus = thing({ status: {} });
const withoutStatus = thing({});

let store: Store;

beforeEach(() => {
  store = new Store(1000);
});

const options = (more: Partial<WriteOptions> = {}): WriteOptions => ({
  fieldValidation: 'Strict',
  dryRun: false,
  now: 0,
  manager: 'test',
  warn: () => undefined,
  ...more,
});
const tableOf = (kind: Kind) => store.table(kind.resource);
const made = (kind: Kind, body: object, more?: Partial<WriteOptions>, namespace = 'ns') =>
  create(tableOf(kind), kind, kind.namespaced ? namespace : undefined, body, options(more));
const changed = (kind: Kind, old: ApiObject, body: unknown, more?: Partial<WriteOptions>) =>
  update(tableOf(kind), kind, old, body, options(more));
const body = (fields: object = {}, metadata: object = {}) => ({
  apiVersion: 'example.dev/v1',
  kind: 'Thing',
  metadata: { name: 'a', ...metadata },
  ...fields,
});

/** The body with the version of the object that it is to replace. */
const after = (old: ApiObject, fields: object, metadata: object = {}) =>
  body(fields, { ...metadata, resourceVersion: old.metadata.resourceVersion });

describe('the generation counts', () => {
  test.each<[string, Kind, object, object, number]>([
    ['a change of the spec', withStatus, { spec: { n: 1 } }, { spec: { n: 2 } }, 2],
    ['a spec that is new', withStatus, {}, { spec: {} }, 2],
    ['a spec that is gone', withStatus, { spec: {} }, {}, 2],
    ['no status where it has its own path', withStatus, { spec: { n: 1 } }, { spec: { n: 1 }, status: { x: 1 } }, 1],
    ['a status that is a field as any', withoutStatus, { spec: { n: 1 } }, { spec: { n: 1 }, status: { x: 1 } }, 2],
  ])('%s', (_, kind, before, next, generation) => {
    const old = made(kind, body(before));
    expect(changed(kind, old, after(old, next)).metadata.generation).toBe(generation);
  });

  test.each([
    ['labels', { labels: { a: 'b' } }],
    ['finalizers', { finalizers: ['example.dev/hold'] }],
    ['what the caller says it is', { generation: 7 }],
  ])('no change of %s', (_, metadata) => {
    const old = made(withStatus, body({ spec: {} }));
    expect(changed(withStatus, old, after(old, { spec: {} }, metadata)).metadata.generation).toBe(1);
  });

  test('nothing of a kind without one', () => {
    const kind = kinds.get(configMaps);
    const old = made(kind, { metadata: { name: 'a' } });
    expect(changed(kind, old, { metadata: { name: 'a' }, data: { a: '1' } }).metadata).not.toHaveProperty('generation');
  });
});

describe('what the server says of an object stays', () => {
  test.each([
    ['creationTimestamp', '2000-01-01T00:00:00Z'],
    ['deletionTimestamp', '2000-01-01T00:00:00Z'],
    ['deletionGracePeriodSeconds', 5],
    ['generateName', 'made-'],
    ['managedFields', [{ manager: 'forged' }]],
  ])('%s', (name, value) => {
    const old = made(withStatus, body());
    const next = changed(withStatus, old, after(old, { spec: {} }, { [name]: value }));
    expect(fieldAt(next.metadata, name)).toEqual(fieldAt(old.metadata, name));
  });
});

describe('the path of the status', () => {
  const status = { subresource: 'status' } as const;

  test('changes the status of a custom resource and nothing else', () => {
    const old = made(withStatus, body({ spec: { n: 1 } }, { labels: { a: 'b' } }));
    const next = changed(
      withStatus,
      old,
      after(old, { spec: { n: 9 }, status: { done: true } }, { labels: {}, finalizers: ['a/b'] }),
      status,
    );
    expect(next).toEqual({ ...old, status: { done: true }, metadata: { ...old.metadata, resourceVersion: next.metadata.resourceVersion } });
  });

  test('changes labels and annotations of a built-in kind too, but not its spec', () => {
    const kind = kinds.get(nodes);
    const old = made(kind, { metadata: { name: 'a' } });
    const next = { metadata: { name: 'a', labels: { a: 'b' } }, spec: { unschedulable: true }, status: { phase: 'Running' } };
    const stored = changed(kind, old, next, status);
    expect([stored.metadata.labels, stored.spec, stored.status]).toEqual([{ a: 'b' }, undefined, { phase: 'Running' }]);
  });

  test('takes a status away that the body does not have', () => {
    const first = made(withStatus, body());
    const old = changed(withStatus, first, after(first, { status: { done: true } }), status);
    expect(changed(withStatus, old, after(old, {}), status)).not.toHaveProperty('status');
  });

  test('is the only one that makes a status: a new object has none', () => {
    expect(made(withStatus, body({ status: { done: true } }))).not.toHaveProperty('status');
    expect(made(withoutStatus, body({ status: { done: true } }, { name: 'b' }))).toHaveProperty('status');
  });
});

describe('a write that changes nothing', () => {
  test('gives the stored object back, as it is', () => {
    const old = made(withStatus, body({ spec: { n: 1 } }));
    expect(changed(withStatus, old, copy(old))).toBe(old);
  });

  test('is none even where the fields come in another order', () => {
    const old = made(withStatus, body({ spec: { a: 1, b: 2 } }));
    expect(changed(withStatus, old, after(old, { spec: { b: 2, a: 1 } }))).toBe(old);
  });
});

describe('a dry run', () => {
  test('of a new object stores nothing', () => {
    const object = made(withStatus, body(), { dryRun: true });
    expect([object.metadata.uid === undefined, tableOf(withStatus).get('ns/a')]).toEqual([false, undefined]);
  });

  test('of a change stores nothing', () => {
    const old = made(withStatus, body({ spec: { n: 1 } }));
    expect(changed(withStatus, old, after(old, { spec: { n: 2 } }), { dryRun: true }).spec).toEqual({ n: 2 });
    expect(tableOf(withStatus).get('ns/a')).toBe(old);
  });

  test('of a taken name is refused as the real thing is', () => {
    made(withStatus, body());
    expect(() => made(withStatus, body(), { dryRun: true })).toThrow('already exists');
  });
});

describe('names', () => {
  test('are made from generateName only where there is none', () => {
    expect(made(withStatus, body({}, { generateName: 'made-' })).metadata.name).toBe('a');
    expect(made(withStatus, body({}, { name: '', generateName: 'made-' })).metadata.name).toMatch(/^made-.{5}$/);
  });

  test('that are generated avoid each other', () => {
    const names = Array.from({ length: 200 }, () => made(withStatus, body({}, { name: '', generateName: 'x-' })).metadata.name);
    expect(new Set(names).size).toBe(200);
  });

  test('of two namespaces may be the same', () => {
    made(withStatus, body());
    expect(made(withStatus, body(), {}, 'other').metadata.namespace).toBe('other');
  });

  test('of cluster-wide kinds lose a namespace', () => {
    expect(made(kinds.get(nodes), { metadata: { name: 'a', namespace: 'ns' } }).metadata).not.toHaveProperty('namespace');
  });
});

describe('a write is refused', () => {
  const refusals: [string, (old: ApiObject) => unknown, number, string][] = [
    ['under an old version', () => body({}, { resourceVersion: '1' }), 409, 'the object has been modified'],
    ['without a version', () => body({ spec: {} }), 422, 'must be specified for an update'],
    ['under another uid', (old) => after(old, {}, { uid: 'v' }), 409, 'UID in precondition: v'],
    ['under another name', (old) => ({ ...after(old, {}), metadata: { name: 'b' } }), 400, 'does not match the name on the URL (a)'],
    ['into another namespace', (old) => after(old, {}, { namespace: 'other' }), 400, 'does not match the namespace sent'],
    ['with labels that are none', (old) => after(old, {}, { labels: { a: 'b c' } }), 422, 'metadata.labels'],
  ];

  test.each(refusals)('%s', (_, next, code, message) => {
    const old = made(withStatus, body({ spec: { n: 1 } }));
    let refused: unknown;
    try {
      changed(withStatus, old, next(old));
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(StatusError);
    expect((refused as StatusError).status.code).toBe(code);
    expect((refused as StatusError).message).toContain(message);
    expect(tableOf(withStatus).get('ns/a')).toBe(old);
  });

  test('for a new object that says a version', () => {
    expect(() => made(withStatus, body({}, { resourceVersion: '5' }))).toThrow('should not be set on objects to be created');
  });
});

describe('finalizers of an object that is being deleted', () => {
  const marked = { deletionTimestamp: '2026-01-01T00:00:00Z', deletionGracePeriodSeconds: 0 };

  function deleted(...finalizers: string[]): ApiObject {
    const old = made(withStatus, body({}, { finalizers }));
    return tableOf(withStatus).put({ ...old, metadata: { ...old.metadata, ...marked } });
  }

  test('may go one by one; with the last the object goes', () => {
    const old = deleted('a/x', 'b/y');
    const one = changed(withStatus, old, after(old, {}, { finalizers: ['b/y'] }));
    expect(tableOf(withStatus).get('ns/a')).toBe(one);
    changed(withStatus, one, after(one, {}, { finalizers: [] }));
    expect(tableOf(withStatus).get('ns/a')).toBeUndefined();
  });

  test('may not be added', () => {
    const old = deleted('a/x');
    const attempt = () => changed(withStatus, old, after(old, {}, { finalizers: ['a/x', 'b/y'] }));
    expect(attempt).toThrow('no new finalizers can be added if the object is being deleted, found new finalizers []string{"b/y"}');
  });
});

const lease = (spec: Fields) => () => made(kinds.get(leases), { metadata: { name: 'a' }, spec });
const configMap = (fields: Fields) => () => made(kinds.get(configMaps), { metadata: { name: 'a' }, ...fields });

describe('kinds whose rules are their own', () => {
  test.each<[string, () => ApiObject, string]>([
    [
      'a Lease that lasts no time',
      lease({ leaseDurationSeconds: 0 }),
      'spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0',
    ],
    ['a key with a slash', configMap({ data: { 'a/b': '' } }), 'data[a/b]: Invalid value: "a/b"'],
    ['an empty key', configMap({ binaryData: { '': '' } }), 'binaryData[]: Invalid value: ""'],
    ['a key that is too long', configMap({ data: { ['k'.repeat(254)]: '' } }), 'a valid config key'],
    ['text above 1 MiB', configMap({ data: { a: 'ä'.repeat(2 ** 19 + 1) } }), 'may not be more than 1048576 bytes'],
    [
      'text and bytes above 1 MiB together',
      configMap({ data: { a: 'x'.repeat(2 ** 19 + 1) }, binaryData: { b: Buffer.alloc(2 ** 19).toString('base64') } }),
      'may not be more than 1048576 bytes',
    ],
    ['a pod without containers', () => made(kinds.get(pods), { metadata: { name: 'a' }, spec: {} }), 'spec.containers: Required value'],
  ])('%s is Invalid', (_, attempt, message) => {
    expect(attempt).toThrow(message);
  });

  test.each<[string, () => ApiObject]>([
    ['a Lease without a duration', lease({})],
    ['keys with dots, dashes and underscores', configMap({ data: { '.a-b_C.json': '' } })],
    ['exactly 1 MiB of text', configMap({ data: { a: 'x'.repeat(2 ** 20) } })],
    ['1 MiB of bytes, though its text is longer', configMap({ binaryData: { a: Buffer.alloc(2 ** 20).toString('base64') } })],
  ])('%s is taken', (_, attempt) => {
    expect(attempt().metadata.uid).toBeDefined();
  });

  test('an immutable ConfigMap takes labels, but no data', () => {
    const kind = kinds.get(configMaps);
    const sealed = { data: { a: '1' }, immutable: true };
    const old = made(kind, { metadata: { name: 'a' }, ...sealed });
    expect(changed(kind, old, { metadata: { name: 'a', labels: { a: 'b' } }, ...sealed }).metadata.labels).toEqual({ a: 'b' });
    expect(() => changed(kind, old, { metadata: { name: 'a' }, ...sealed, data: { a: '2' } })).toThrow('field is immutable');
  });
});

test('things are served under the resource of their definition', () => {
  expect(withStatus.resource).toEqual(things);
});
