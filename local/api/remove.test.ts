import { beforeEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../operator/kube/fake-clock.ts';
import { configMaps, pods } from '../../operator/kube/object.ts';
import type { ObjectMeta, Resource } from '../../operator/kube/object.ts';
import { Kinds } from './kinds.ts';
import type { ApiObject, Fields } from './object.ts';
import { commit, remove } from './remove.ts';
import type { DeleteOptions, Removal } from './remove.ts';
import { StatusError } from './status.ts';
import { Store } from './store.ts';

const kinds = new Kinds();
const second = 1000;

let clock: FakeClock;
let store: Store;

beforeEach(() => {
  clock = new FakeClock();
  store = new Store(1000);
});

function put(resource: Resource, metadata: Partial<ObjectMeta> = {}, spec?: Fields): ApiObject {
  const { kind, version } = resource;
  const object = { apiVersion: version, kind, metadata: { name: 'a', uid: 'u', ...metadata }, ...(spec && { spec }) };
  return store.table(resource).put(object);
}

const removed = (resource: Resource, old: ApiObject, options: DeleteOptions = {}): Removal =>
  remove(store.table(resource), kinds.get(resource), old, options, clock);
const held = () => put(configMaps, { finalizers: ['example.dev/hold'] });
const onNode = () => put(pods, { generation: 1 }, { nodeName: 'n1' });

/** The types of the writes to a kind, oldest first. */
const writes = (resource: Resource) =>
  store
    .table(resource)
    .since(1)
    .map(({ type }) => type);

describe('an object that nothing holds', () => {
  test('is gone in one write', () => {
    expect(removed(configMaps, put(configMaps)).gone).toBe(true);
    expect(writes(configMaps)).toEqual(['ADDED', 'DELETED']);
  });

  test('of a kind with grace is marked first, so that watchers see its end', () => {
    const { gone, object } = removed(pods, put(pods));
    expect([gone, object.metadata.deletionGracePeriodSeconds]).toEqual([true, 0]);
    expect(writes(pods)).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
  });
});

describe('an object that a finalizer holds', () => {
  test('is marked with the time and no grace', () => {
    const { gone, object } = removed(configMaps, held());
    expect(gone).toBe(false);
    expect(object.metadata).toMatchObject({ deletionTimestamp: '2026-01-01T00:00:00Z', deletionGracePeriodSeconds: 0 });
  });

  test('is marked once: a second deletion later changes nothing', async () => {
    const first = removed(configMaps, held()).object;
    await clock.advance(60 * second);
    expect(removed(configMaps, first)).toEqual({ gone: false, object: first });
    expect(writes(configMaps)).toEqual(['ADDED', 'MODIFIED']);
  });

  test.each<[string, DeleteOptions, string[]]>([
    ['in the background', { propagationPolicy: 'Background' }, ['example.dev/hold']],
    ['in the foreground', { propagationPolicy: 'Foreground' }, ['example.dev/hold', 'foregroundDeletion']],
    ['leaving orphans', { propagationPolicy: 'Orphan' }, ['example.dev/hold', 'orphan']],
  ])('deleted %s keeps its finalizers and gets those of the policy', (_, options, finalizers) => {
    expect(removed(configMaps, held(), options).object.metadata.finalizers).toEqual(finalizers);
  });

  test('does not get a finalizer twice', () => {
    const old = put(configMaps, { finalizers: ['orphan'] });
    expect(removed(configMaps, old, { propagationPolicy: 'Orphan' }).object.metadata.finalizers).toEqual(['orphan']);
  });

  test('gets no further finalizer once it is marked', () => {
    const first = removed(configMaps, held()).object;
    expect(removed(configMaps, first, { propagationPolicy: 'Foreground' }).object.metadata.finalizers).toEqual(['example.dev/hold']);
  });
});

describe('the grace of a pod on a node', () => {
  test('is the time from now at which it should be gone', () => {
    expect(removed(pods, onNode(), { gracePeriodSeconds: 90 }).object.metadata).toMatchObject({
      deletionTimestamp: '2026-01-01T00:01:30Z',
      deletionGracePeriodSeconds: 90,
    });
  });

  test.each([
    ['shortened, from the time of the second deletion', 10, { deletionTimestamp: '2026-01-01T00:00:15Z', deletionGracePeriodSeconds: 10 }],
    ['not lengthened', 60, { deletionTimestamp: '2026-01-01T00:00:20Z', deletionGracePeriodSeconds: 20 }],
    ['left alone by the same again', 20, { deletionTimestamp: '2026-01-01T00:00:20Z', deletionGracePeriodSeconds: 20 }],
  ])('is %s', async (_, gracePeriodSeconds, wanted) => {
    const first = removed(pods, onNode(), { gracePeriodSeconds: 20 }).object;
    await clock.advance(5 * second);
    expect(removed(pods, first, { gracePeriodSeconds }).object.metadata).toMatchObject(wanted);
  });

  test('ends with a deletion without grace: the kubelet confirms', () => {
    const first = removed(pods, onNode(), { gracePeriodSeconds: 20 }).object;
    expect(removed(pods, first, { gracePeriodSeconds: 0 }).gone).toBe(true);
    expect(store.table(pods).get('a')).toBeUndefined();
  });

  test('raises the generation at the first mark only', () => {
    const first = removed(pods, onNode(), { gracePeriodSeconds: 20 }).object;
    const again = removed(pods, first, { gracePeriodSeconds: 10 }).object;
    expect([first.metadata.generation, again.metadata.generation]).toEqual([2, 2]);
  });
});

describe('a dry run', () => {
  test.each<[string, () => [Resource, ApiObject], boolean]>([
    ['of what would go', () => [configMaps, put(configMaps)], true],
    ['of what would be marked', () => [pods, onNode()], false],
  ])('%s answers alike and writes nothing', (_, make, gone) => {
    const [resource, old] = make();
    expect(removed(resource, old, { dryRun: true }).gone).toBe(gone);
    expect(writes(resource)).toEqual(['ADDED']);
  });
});

describe('preconditions', () => {
  test.each<[string, DeleteOptions['preconditions'], string | undefined]>([
    ['none', {}, undefined],
    ['its own uid and version', { uid: 'u', resourceVersion: '2' }, undefined],
    [
      'another uid',
      { uid: 'v' },
      'ConfigMap "a": the UID in the precondition (v) does not match the UID in record (u). The object might have been deleted and then ' +
        'recreated',
    ],
    [
      'another version',
      { uid: 'u', resourceVersion: '1' },
      'ConfigMap "a": the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (2). The object might ' +
        'have been modified',
    ],
  ])('%s', (_, preconditions = {}, refusal) => {
    const old = put(configMaps);
    const attempt = () => removed(configMaps, old, { preconditions }).gone;
    if (refusal === undefined) expect(attempt()).toBe(true);
    else {
      expect(attempt).toThrow(new StatusError(409, 'Conflict', `Operation cannot be fulfilled on ${refusal}`));
      expect(writes(configMaps)).toEqual(['ADDED']);
    }
  });
});

describe('a write to an object that is being deleted', () => {
  const deletionTimestamp = '2026-01-01T00:00:00Z';

  test.each<[string, Partial<ObjectMeta>, boolean]>([
    ['is stored while a finalizer holds it', { deletionTimestamp, finalizers: ['example.dev/hold'] }, true],
    ['is stored while its grace runs', { deletionTimestamp, deletionGracePeriodSeconds: 5 }, true],
    ['is its last when nothing holds it', { deletionTimestamp, finalizers: [] }, false],
    ['is its last when its grace is over', { deletionTimestamp, deletionGracePeriodSeconds: 0 }, false],
    ['is as any other where it is not marked', {}, true],
  ])('%s', (_, metadata, stays) => {
    const old = put(configMaps, { finalizers: ['example.dev/hold'] });
    const next = { ...old, metadata: { name: 'a', uid: 'u', ...metadata } };
    commit(store.table(configMaps), kinds.get(configMaps), next);
    expect(store.table(configMaps).get('a') !== undefined).toBe(stays);
  });
});
