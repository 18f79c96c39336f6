import { expect } from '@jest/globals';
import { configMaps } from '../../../operator/kube/object.ts';
import type { Case, TestObject } from '../api.ts';
import { causeFields } from '../api.ts';
import { widgets } from '../fixture.ts';

function withCondition(type: string): TestObject {
  return { metadata: { name: 'a' }, status: { conditions: [{ type, status: 'True' }] } };
}

export const patchCases: Case[] = [
  {
    name: 'a merge patch merges objects, replaces lists and removes by null',
    async run(api) {
      const spec = { size: 1, parts: [{ name: 'a', count: 1 }], options: { keep: '1', change: '1', drop: '1' } };
      await api.given(widgets, { metadata: { name: 'a' }, spec });
      const patch = { spec: { parts: [{ name: 'b', count: 2 }], options: { change: '2', drop: null } } };
      const { object } = await api.merge(widgets, 'a', patch);
      expect(object.spec).toEqual({ size: 1, mode: 'Small', parts: [{ name: 'b', count: 2 }], options: { keep: '1', change: '2' } });
    },
  },
  {
    name: 'a merge patch to another uid is Invalid',
    async run(api) {
      await api.given(widgets, { metadata: { name: 'a' }, spec: { size: 1 } });
      const reply = await api.merge(widgets, 'a', { metadata: { uid: 'other' } });
      expect(reply).toMatchObject({ status: 422 });
      expect(causeFields(reply)).toEqual(['metadata.uid']);
    },
  },
  {
    name: 'a kind of patch that custom resources do not have is refused',
    async run(api) {
      await api.given(widgets, { metadata: { name: 'a' }, spec: { size: 1 } });
      const path = `/apis/contract.assay.dev/v1/namespaces/${api.namespace}/widgets/a`;
      const reply = await api.send('PATCH', path, { body: {}, contentType: 'application/strategic-merge-patch+json' });
      expect(reply).toMatchObject({ status: 415, body: { reason: 'UnsupportedMediaType' } });
    },
  },
  {
    name: 'apply makes an object, then changes it, then leaves it alone',
    async run(api) {
      const made = await api.apply(widgets, 'me', { metadata: { name: 'a' }, spec: { size: 1 } });
      expect(made).toMatchObject({ status: 201, object: { spec: { size: 1, mode: 'Small' } } });
      const changed = await api.apply(widgets, 'me', { metadata: { name: 'a' }, spec: { size: 2 } });
      expect(changed).toMatchObject({ status: 200, object: { spec: { size: 2, mode: 'Small' } } });
      const same = await api.apply(widgets, 'me', { metadata: { name: 'a' }, spec: { size: 2 } });
      expect(same.object.metadata.resourceVersion).toBe(changed.object.metadata.resourceVersion);
    },
  },
  {
    name: 'apply removes what its manager no longer names, and nothing else',
    async run(api) {
      await api.given(configMaps, { metadata: { name: 'a' }, data: { theirs: '1' } });
      await api.apply(configMaps, 'me', { metadata: { name: 'a', labels: { mine: 'x' } }, data: { one: '1', two: '2' } });
      const { object } = await api.apply(configMaps, 'me', { metadata: { name: 'a' }, data: { two: '2' } });
      expect(object.data).toEqual({ theirs: '1', two: '2' });
      expect(object.metadata.labels).toBeUndefined();
    },
  },
  {
    name: 'apply conflicts with the manager that owns another value, unless forced',
    async run(api) {
      await api.apply(widgets, 'first', { metadata: { name: 'a' }, spec: { size: 1, options: { a: '1' } } });
      const theirs = { metadata: { name: 'a' }, spec: { size: 2, options: { a: '1' } } };
      expect(await api.apply(widgets, 'second', theirs)).toMatchObject({
        status: 409,
        body: {
          reason: 'Conflict',
          message: 'Apply failed with 1 conflict: conflict with "first": .spec.size',
          details: { causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "first"', field: '.spec.size' }] },
        },
      });
      expect(await api.apply(widgets, 'second', theirs, { force: true })).toMatchObject({ status: 200, object: { spec: { size: 2 } } });
      expect(await api.apply(widgets, 'first', { metadata: { name: 'a' }, spec: { size: 3 } })).toMatchObject({ status: 409 });
    },
  },
  {
    name: 'apply names every conflict',
    async run(api) {
      await api.apply(configMaps, 'first', { metadata: { name: 'a' }, data: { one: '1', two: '2' } });
      const reply = await api.apply(configMaps, 'second', { metadata: { name: 'a' }, data: { one: 'x', two: 'y' } });
      expect(reply.body).toMatchObject({ message: 'Apply failed with 2 conflicts: conflicts with "first":\n- .data.one\n- .data.two' });
    },
  },
  {
    name: 'a field that two managers applied stays until both drop it',
    async run(api) {
      const both = { metadata: { name: 'a' }, data: { shared: '1' } };
      await api.apply(configMaps, 'first', both);
      await api.apply(configMaps, 'second', both);
      const one = await api.apply(configMaps, 'first', { metadata: { name: 'a' } });
      expect(one.object.data).toEqual({ shared: '1' });
      const none = await api.apply(configMaps, 'second', { metadata: { name: 'a' } });
      expect(none.object.data).toBeUndefined();
    },
  },
  {
    name: 'a plain write takes fields over from an applier',
    async run(api) {
      await api.apply(configMaps, 'me', { metadata: { name: 'a' }, data: { a: '1', b: '1' } });
      await api.merge(configMaps, 'a', { data: { a: '2' } }, undefined, { fieldManager: 'writer' });
      const reply = await api.apply(configMaps, 'me', { metadata: { name: 'a' }, data: { a: '1', b: '1' } });
      expect(reply).toMatchObject({
        status: 409,
        body: { message: 'Apply failed with 1 conflict: conflict with "writer" using v1: .data.a' },
      });
      const dropped = await api.apply(configMaps, 'me', { metadata: { name: 'a' }, data: { b: '1' } });
      expect(dropped.object.data).toEqual({ a: '2', b: '1' });
    },
  },
  {
    name: 'apply merges keyed lists by their keys',
    async run(api) {
      await api.apply(widgets, 'first', { metadata: { name: 'a' }, spec: { size: 1, parts: [{ name: 'x', count: 1 }] } });
      const both = await api.apply(widgets, 'second', { metadata: { name: 'a' }, spec: { parts: [{ name: 'y', count: 2 }] } });
      expect(both.object.spec?.['parts']).toEqual([
        { name: 'x', count: 1 },
        { name: 'y', count: 2 },
      ]);
      const one = await api.apply(widgets, 'first', { metadata: { name: 'a' }, spec: { size: 1 } });
      expect(one.object.spec?.['parts']).toEqual([{ name: 'y', count: 2 }]);
    },
  },
  {
    name: 'apply merges conditions of a status by their type',
    async run(api) {
      await api.given(widgets, { metadata: { name: 'a' }, spec: { size: 1 } });
      await api.apply(widgets, 'first', withCondition('Ready'), { subresource: 'status' });
      const { object } = await api.apply(widgets, 'second', withCondition('Done'), { subresource: 'status' });
      expect(object.status).toEqual({
        conditions: [
          { type: 'Ready', status: 'True' },
          { type: 'Done', status: 'True' },
        ],
      });
    },
  },
  {
    name: 'apply of a field that the schema does not know is refused',
    async run(api) {
      const reply = await api.apply(widgets, 'me', { metadata: { name: 'a' }, spec: { size: 1, colour: 'red' } });
      expect(reply).toMatchObject({ status: 500 });
      expect(reply.body).toHaveProperty('message', expect.stringContaining('.spec.colour: field not declared in schema'));
    },
  },
  {
    name: 'apply needs a manager',
    async run(api) {
      const path = `/api/v1/namespaces/${api.namespace}/configmaps/a`;
      const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
      const reply = await api.send('PATCH', path, { body, contentType: 'application/apply-patch+yaml' });
      expect(reply).toMatchObject({
        status: 422,
        body: { details: { causes: [{ field: 'fieldManager', reason: 'FieldValueRequired' }] } },
      });
    },
  },
  {
    name: 'apply obeys the schema like any write',
    async run(api) {
      await api.apply(widgets, 'me', { metadata: { name: 'a' }, spec: { size: 1 } });
      const reply = await api.apply(widgets, 'me', { metadata: { name: 'a' }, spec: { size: 20 } });
      expect(reply).toMatchObject({ status: 422, body: { details: { causes: [{ field: 'spec' }] } } });
    },
  },
];
