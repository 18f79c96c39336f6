import { describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../operator/kube/fake-clock.ts';
import { configMaps, customResourceDefinitions, namespaces, pods } from '../../operator/kube/object.ts';
import type { ApiObject, Fields } from './object.ts';
import { Objects } from './objects.ts';
import { StatusError } from './status.ts';
import { Store } from './store.ts';

const things = { group: 'example.dev', version: 'v1', plural: 'things', kind: 'Thing' };

function definition(spec: Fields = {}, schema: Fields = { type: 'object', properties: { spec: { type: 'object' } } }): object {
  const versions = [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }];
  const names = { plural: 'things', kind: 'Thing' };
  return { metadata: { name: 'things.example.dev' }, spec: { group: 'example.dev', scope: 'Namespaced', names, versions, ...spec } };
}

function setUp() {
  const objects = new Objects(new Store(1000), new FakeClock(), false);
  const create = (resource: typeof pods, body: object, namespace?: string): ApiObject =>
    objects.create(objects.kinds.get(resource), namespace, body);
  create(namespaces, { metadata: { name: 'ns' } });
  return { objects, create };
}

function fields(action: () => unknown): (string | undefined)[] | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return error.status.details?.causes?.map(({ field }) => field);
  }
}

async function controllers(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

describe('a CustomResourceDefinition', () => {
  test('is served as soon as it is there, and says so', () => {
    const { create } = setUp();
    const crd = create(customResourceDefinitions, definition());
    expect(crd.status).toMatchObject({ conditions: [{ type: 'NamesAccepted' }, { type: 'Established', status: 'True' }] });
    expect(create(things, { apiVersion: 'example.dev/v1', kind: 'Thing', metadata: { name: 'a' } }, 'ns').metadata.generation).toBe(1);
  });

  test.each<[string, Fields, string[]]>([
    ['a group', { group: '' }, ['spec.group']],
    ['names', { names: {} }, ['spec.names.plural', 'spec.names.kind']],
    ['a scope', { scope: undefined }, ['spec.scope']],
    ['versions', { versions: [] }, ['spec.versions']],
  ])('without %s is Invalid', (_, spec, wanted) => {
    const { create } = setUp();
    expect(fields(() => create(customResourceDefinitions, definition(spec)))).toEqual(wanted);
  });

  test('with a schema that does not compile is Invalid', () => {
    const { create } = setUp();
    const broken = definition({}, { type: 'object', properties: { spec: { type: 'string', pattern: '(' } } });
    expect(fields(() => create(customResourceDefinitions, broken))).toEqual(['spec.versions[0].schema.openAPIV3Schema']);
  });

  test('serves no version that it does not serve', () => {
    const { objects, create } = setUp();
    create(customResourceDefinitions, definition({ versions: [{ name: 'v1', served: false }] }));
    expect(() => objects.kinds.get(things)).toThrow('could not find');
  });

  test('takes its objects along when it is deleted', () => {
    const { objects, create } = setUp();
    const crd = create(customResourceDefinitions, definition());
    create(things, { apiVersion: 'example.dev/v1', kind: 'Thing', metadata: { name: 'a' } }, 'ns');
    objects.remove(objects.kinds.get(customResourceDefinitions), crd, {});
    expect(() => objects.kinds.get(things)).toThrow('could not find');
    expect([...objects.store.table(things).values()]).toEqual([]);
  });

  test('that changes is served as it is now', () => {
    const { objects, create } = setUp();
    const crd = create(customResourceDefinitions, definition());
    const limited = definition({}, { type: 'object', properties: { spec: { type: 'object', required: ['size'] } } });
    const options = { fieldValidation: 'Ignore', dryRun: false, now: 0, manager: 'test', warn: () => undefined } as const;
    objects.update(objects.kinds.get(customResourceDefinitions), crd, { ...limited, metadata: crd.metadata }, options);
    const thing = { apiVersion: 'example.dev/v1', kind: 'Thing', metadata: { name: 'a' }, spec: {} };
    expect(fields(() => create(things, thing, 'ns'))).toEqual(['spec.size']);
  });
});

function removeNamespace(objects: Objects): void {
  objects.remove(objects.kinds.get(namespaces), objects.get(objects.kinds.get(namespaces), undefined, 'ns'), {});
}

describe('a namespace that is deleted', () => {
  const pod = { metadata: { name: 'a' }, spec: { nodeName: 'n1', containers: [{ name: 'main', image: 'a:1' }] } };

  test('goes with all that is in it', async () => {
    const { objects, create } = setUp();
    for (const name of ['a', 'b']) create(configMaps, { metadata: { name } }, 'ns');
    removeNamespace(objects);
    await controllers();
    expect([...objects.store.table(namespaces).values(), ...objects.store.table(configMaps).values()]).toEqual([]);
  });

  test('waits for pods that have yet to end, and takes no new objects meanwhile', async () => {
    const { objects, create } = setUp();
    create(pods, pod, 'ns');
    removeNamespace(objects);
    await controllers();
    expect(objects.get(objects.kinds.get(namespaces), undefined, 'ns').status).toEqual({ phase: 'Terminating' });
    expect(() => create(configMaps, { metadata: { name: 'late' } }, 'ns')).toThrow('because it is being terminated');
    const left = objects.get(objects.kinds.get(pods), 'ns', 'a');
    expect(left.metadata.deletionTimestamp).toBeDefined();
    objects.remove(objects.kinds.get(pods), left, { gracePeriodSeconds: 0 });
    await controllers();
    expect(objects.find(objects.kinds.get(namespaces), undefined, 'ns')).toBeUndefined();
  });
});

test('a dry run of a deletion deletes nothing', () => {
  const { objects, create } = setUp();
  const stored = create(configMaps, { metadata: { name: 'a' } }, 'ns');
  expect(objects.remove(objects.kinds.get(configMaps), stored, { dryRun: true }).gone).toBe(true);
  expect(objects.get(objects.kinds.get(configMaps), 'ns', 'a')).toBe(stored);
});
