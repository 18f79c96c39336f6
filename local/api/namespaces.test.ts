import { beforeEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../operator/kube/fake-clock.ts';
import { configMaps, namespaces, persistentVolumeClaims, pods } from '../../operator/kube/object.ts';
import type { ObjectMeta, Resource } from '../../operator/kube/object.ts';
import type { ApiObject, Fields } from './object.ts';
import { Objects } from './objects.ts';
import { Store } from './store.ts';

let objects: Objects;

beforeEach(() => {
  objects = new Objects(new Store(1000), new FakeClock(), false);
});

function create(resource: Resource, metadata: ObjectMeta, spec?: Fields): ApiObject {
  return objects.create(objects.kinds.get(resource), metadata.namespace, { metadata, ...(spec && { spec }) });
}

function remove(resource: Resource, name: string, namespace?: string, gracePeriodSeconds?: number): void {
  const kind = objects.kinds.get(resource);
  objects.remove(kind, objects.get(kind, namespace, name), gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds });
}

/** Takes the finalizers of an object away, as the controller that set them does. */
function release(resource: Resource, name: string, namespace?: string): void {
  const kind = objects.kinds.get(resource);
  const old = objects.get(kind, namespace, name);
  const options = { fieldValidation: 'Ignore', dryRun: false, now: 0, manager: 'test', warn: () => undefined } as const;
  objects.update(kind, old, { ...old, metadata: { ...old.metadata, finalizers: [] } }, options);
}

/** The keys of what is left of a kind, when the controllers have nothing more to do. */
async function left(resource: Resource): Promise<string[]> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  return objects.store
    .table(resource)
    .at(objects.store.revision)
    .map(({ metadata: { namespace, name } }) => (namespace ? `${namespace}/${name}` : name));
}

describe('deleting a namespace', () => {
  beforeEach(() => {
    for (const name of ['ns', 'ns-2']) create(namespaces, { name });
  });

  test('empties it of every kind, and touches no other', async () => {
    for (const namespace of ['ns', 'ns-2']) {
      create(configMaps, { name: 'a', namespace });
      create(persistentVolumeClaims, { name: 'a', namespace });
    }
    remove(namespaces, 'ns');
    expect(await left(namespaces)).toEqual(['ns-2']);
    expect([...(await left(configMaps)), ...(await left(persistentVolumeClaims))]).toEqual(['ns-2/a', 'ns-2/a']);
  });

  test('happens after the reply: the caller sees it Active and marked', () => {
    create(configMaps, { name: 'a', namespace: 'ns' });
    remove(namespaces, 'ns');
    const { metadata, status } = objects.get(objects.kinds.get(namespaces), undefined, 'ns');
    expect(metadata.deletionTimestamp).toBe('2026-01-01T00:00:00Z');
    expect(status).toEqual({ phase: 'Active' });
    expect(objects.find(objects.kinds.get(configMaps), 'ns', 'a')).toBeDefined();
  });

  test('waits for the last of several objects that are held', async () => {
    for (const name of ['a', 'b']) create(configMaps, { name, namespace: 'ns', finalizers: ['example.dev/hold'] });
    remove(namespaces, 'ns');
    expect(await left(namespaces)).toEqual(['ns', 'ns-2']);
    release(configMaps, 'a', 'ns');
    expect(await left(namespaces)).toEqual(['ns', 'ns-2']);
    release(configMaps, 'b', 'ns');
    expect(await left(namespaces)).toEqual(['ns-2']);
  });

  test('does not shorten the grace of a pod that is on its way out', async () => {
    create(pods, { name: 'a', namespace: 'ns' }, { nodeName: 'n1', containers: [{ name: 'main', image: 'a:1' }] });
    remove(pods, 'a', 'ns', 20);
    const before = objects.get(objects.kinds.get(pods), 'ns', 'a');
    remove(namespaces, 'ns');
    await left(pods);
    expect(objects.get(objects.kinds.get(pods), 'ns', 'a')).toBe(before);
  });

  test('twice is as once', async () => {
    create(configMaps, { name: 'a', namespace: 'ns', finalizers: ['example.dev/hold'] });
    remove(namespaces, 'ns');
    await left(namespaces);
    const { revision } = objects.store;
    remove(namespaces, 'ns');
    await left(namespaces);
    expect(objects.store.revision).toBe(revision);
  });

  test('leaves room for a new one of the same name, which is as good as the first', async () => {
    remove(namespaces, 'ns');
    await left(namespaces);
    create(namespaces, { name: 'ns' });
    create(configMaps, { name: 'a', namespace: 'ns' });
    remove(configMaps, 'a', 'ns');
    expect(await left(namespaces)).toEqual(['ns', 'ns-2']);
    remove(namespaces, 'ns');
    expect(await left(namespaces)).toEqual(['ns-2']);
  });
});

test('a namespace with a finalizer of its own is emptied once, and goes when that is taken away', async () => {
  create(namespaces, { name: 'ns', finalizers: ['example.dev/hold'] });
  create(configMaps, { name: 'a', namespace: 'ns' });
  remove(namespaces, 'ns');
  expect([await left(configMaps), await left(namespaces)]).toEqual([[], ['ns']]);
  const { revision } = objects.store;
  await left(namespaces);
  expect(objects.store.revision).toBe(revision);
  release(namespaces, 'ns');
  expect(await left(namespaces)).toEqual([]);
});
