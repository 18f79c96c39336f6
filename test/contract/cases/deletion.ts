import { expect } from '@jest/globals';
import { configMaps, pods } from '../../../operator/kube/object.ts';
import type { OwnerReference } from '../../../operator/kube/object.ts';
import type { Case, TestObject } from '../api.ts';
import { causeFields, eventually } from '../api.ts';
import { widgets } from '../fixture.ts';

function owner({ metadata }: TestObject, controller = true): OwnerReference {
  const { name, uid = '' } = metadata;
  return { apiVersion: 'contract.assay.dev/v1', kind: 'Widget', name, uid, controller, blockOwnerDeletion: true };
}

function ownedBy(widget: TestObject, name: string): TestObject {
  return { metadata: { name, ownerReferences: [owner(widget)] } };
}

const widget: TestObject = { metadata: { name: 'a' }, spec: { size: 1 } };
const held: TestObject = {
  metadata: { name: 'a', finalizers: ['contract.assay.dev/first', 'contract.assay.dev/second'] },
  spec: { size: 1 },
};

export const deletionCases: Case[] = [
  {
    name: 'an object without finalizers is gone at once, and the reply is a Status',
    async run(api) {
      const { metadata } = await api.given(widgets, widget);
      const reply = await api.delete(widgets, 'a');
      expect(reply.status).toBe(200);
      expect(reply.body).toEqual({
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Success',
        details: { name: 'a', group: 'contract.assay.dev', kind: 'widgets', uid: metadata.uid },
      });
      expect(await api.get(widgets, 'a')).toMatchObject({ status: 404 });
    },
  },
  {
    name: 'finalizers keep a deleted object, marked, until the last is taken away',
    async run(api) {
      await api.given(widgets, held);
      const { object } = await api.delete(widgets, 'a');
      expect(object.metadata).toMatchObject({ deletionGracePeriodSeconds: 0, generation: 2, finalizers: held.metadata.finalizers });
      expect(object.metadata.deletionTimestamp).toMatch(/Z$/);
      await api.merge(widgets, 'a', { metadata: { finalizers: ['contract.assay.dev/second'] } });
      expect(await api.get(widgets, 'a')).toMatchObject({ status: 200 });
      await api.merge(widgets, 'a', { metadata: { finalizers: [] } });
      expect(await api.get(widgets, 'a')).toMatchObject({ status: 404 });
    },
  },
  {
    name: 'a second deletion of a marked object changes nothing',
    async run(api) {
      await api.given(widgets, held);
      const first = await api.delete(widgets, 'a');
      const second = await api.delete(widgets, 'a');
      expect(second.object.metadata.resourceVersion).toBe(first.object.metadata.resourceVersion);
      await api.merge(widgets, 'a', { metadata: { finalizers: null } });
    },
  },
  {
    name: 'a marked object takes changes, but no new finalizers',
    async run(api) {
      await api.given(widgets, held);
      await api.delete(widgets, 'a');
      expect(await api.merge(widgets, 'a', { spec: { size: 2 } })).toMatchObject({ status: 200 });
      const more = await api.merge(widgets, 'a', { metadata: { finalizers: ['contract.assay.dev/first', 'contract.assay.dev/new'] } });
      expect(more).toMatchObject({ status: 422 });
      expect(causeFields(more)).toEqual(['metadata.finalizers']);
      await api.merge(widgets, 'a', { metadata: { finalizers: null } });
    },
  },
  {
    name: 'deletion under another uid or an old resourceVersion is a Conflict',
    async run(api) {
      const { metadata } = await api.given(widgets, widget);
      expect(await api.delete(widgets, 'a', { preconditions: { uid: 'other' } })).toMatchObject({
        status: 409,
        body: {
          reason: 'Conflict',
          message:
            `Operation cannot be fulfilled on Widget.contract.assay.dev "a": the UID in the precondition (other) does not match ` +
            `the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
        },
      });
      expect(await api.delete(widgets, 'a', { preconditions: { resourceVersion: '1' } })).toMatchObject({ status: 409 });
      const { uid, resourceVersion } = metadata;
      expect(await api.delete(widgets, 'a', { preconditions: { uid, resourceVersion } })).toMatchObject({ status: 200 });
    },
  },
  {
    name: 'deletion of a collection takes what the selector names',
    async run(api) {
      for (const name of ['a', 'b', 'c'])
        await api.given(configMaps, { metadata: { name, labels: { drop: name === 'c' ? 'no' : 'yes' } } });
      const path = `/api/v1/namespaces/${api.namespace}/configmaps`;
      expect(await api.send('DELETE', path, { query: { labelSelector: 'drop=yes' } })).toMatchObject({ status: 200 });
      const { items } = await api.list(configMaps, { labelSelector: 'drop' });
      expect(items.map(({ metadata }) => metadata.name)).toEqual(['c']);
    },
  },
  {
    name: 'dependents of a deleted owner are collected',
    async run(api) {
      const parent = await api.given(widgets, widget);
      await api.given(configMaps, ownedBy(parent, 'child'));
      await api.given(configMaps, { metadata: { name: 'other' } });
      expect(await api.delete(widgets, 'a', { propagationPolicy: 'Background' })).toMatchObject({ status: 200, body: { kind: 'Status' } });
      await eventually(
        () => api.get(configMaps, 'child'),
        ({ status }) => status === 404,
      );
      expect(await api.get(configMaps, 'other')).toMatchObject({ status: 200 });
    },
  },
  {
    name: 'an object whose owner never was is collected',
    async run(api) {
      const nobody: TestObject = { metadata: { name: 'nobody', uid: '00000000-0000-0000-0000-000000000000' } };
      await api.given(configMaps, ownedBy(nobody, 'child'));
      await eventually(
        () => api.get(configMaps, 'child'),
        ({ status }) => status === 404,
      );
    },
  },
  {
    name: 'an object with another living owner stays and loses the reference to the dead one',
    async run(api) {
      const one = await api.given(widgets, widget);
      const two = await api.given(widgets, { metadata: { name: 'b' }, spec: { size: 1 } });
      const references = [one, two].map((parent) => owner(parent, false));
      await api.given(configMaps, { metadata: { name: 'child', ownerReferences: references } });
      await api.delete(widgets, 'a');
      const { object } = await eventually(
        () => api.get(configMaps, 'child'),
        ({ object: child }) => child.metadata.ownerReferences?.length === 1,
      );
      expect(object.metadata.ownerReferences?.[0]?.uid).toBe(two.metadata.uid);
    },
  },
  {
    name: 'foreground deletion keeps the owner until its dependents are gone',
    async run(api) {
      const parent = await api.given(widgets, widget);
      const child = ownedBy(parent, 'child');
      await api.given(configMaps, { metadata: { ...child.metadata, finalizers: ['contract.assay.dev/hold'] } });
      const { object } = await api.delete(widgets, 'a', { propagationPolicy: 'Foreground' });
      expect(object.metadata.finalizers).toEqual(['foregroundDeletion']);
      await eventually(
        () => api.get(configMaps, 'child'),
        (reply) => reply.object.metadata.deletionTimestamp !== undefined,
      );
      expect(await api.get(widgets, 'a')).toMatchObject({ status: 200 });
      await api.merge(configMaps, 'child', { metadata: { finalizers: null } });
      await eventually(
        () => api.get(widgets, 'a'),
        ({ status }) => status === 404,
      );
    },
  },
  {
    name: 'orphaned dependents stay and lose their owner',
    async run(api) {
      const parent = await api.given(widgets, widget);
      await api.given(configMaps, ownedBy(parent, 'child'));
      await api.delete(widgets, 'a', { propagationPolicy: 'Orphan' });
      await eventually(
        () => api.get(widgets, 'a'),
        ({ status }) => status === 404,
      );
      const { status, object } = await api.get(configMaps, 'child');
      expect(status).toBe(200);
      expect(object.metadata.ownerReferences ?? []).toEqual([]);
    },
  },
  {
    name: 'pods of a deleted owner are collected with their grace period',
    async run(api) {
      const parent = await api.given(widgets, widget);
      const { metadata } = ownedBy(parent, 'child');
      await api.given(pods, { metadata, spec: { nodeName: 'gone', containers: [{ name: 'a', image: 'a:1' }] } });
      await api.delete(widgets, 'a');
      const { object } = await eventually(
        () => api.get(pods, 'child'),
        (reply) => reply.object.metadata.deletionTimestamp !== undefined,
      );
      expect(object.metadata.deletionGracePeriodSeconds).toBe(30);
      await api.delete(pods, 'child', { gracePeriodSeconds: 0 });
    },
  },
];
