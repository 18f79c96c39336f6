import { expect } from '@jest/globals';
import { configMaps, leases } from '../../../operator/kube/object.ts';
import type { Case } from '../api.ts';
import { widgets } from '../fixture.ts';

const modified = 'the object has been modified; please apply your changes to the latest version and try again';

export const writeCases: Case[] = [
  {
    name: 'a new object gets uid, creationTimestamp, generation and resourceVersion, whatever it says itself',
    async run(api) {
      const metadata = { name: 'a', uid: 'mine', generation: 7, creationTimestamp: '2020-01-01T00:00:00Z' };
      const { status, object } = await api.create(widgets, { metadata, spec: { size: 1 } });
      expect(status).toBe(201);
      expect(object.metadata).toMatchObject({ name: 'a', namespace: api.namespace, generation: 1 });
      expect(object.metadata.uid).toMatch(/^[0-9a-f]{8}-/);
      expect(object.metadata.creationTimestamp).toMatch(/^202[5-9]-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(Number(object.metadata.resourceVersion)).toBeGreaterThan(0);
    },
  },
  {
    name: 'resourceVersions rise over all kinds',
    async run(api) {
      const first = await api.given(configMaps, { metadata: { name: 'a' } });
      const second = await api.given(widgets, { metadata: { name: 'a' }, spec: { size: 1 } });
      const third = await api.given(configMaps, { metadata: { name: 'b' } });
      const versions = [first, second, third].map(({ metadata }) => Number(metadata.resourceVersion));
      expect(versions).toEqual(versions.toSorted((a, b) => a - b));
      expect(new Set(versions).size).toBe(3);
    },
  },
  {
    name: 'a name that is taken is refused with AlreadyExists',
    async run(api) {
      await api.given(widgets, { metadata: { name: 'a' }, spec: { size: 1 } });
      const reply = await api.create(widgets, { metadata: { name: 'a' }, spec: { size: 1 } });
      expect(reply).toMatchObject({
        status: 409,
        body: {
          kind: 'Status',
          apiVersion: 'v1',
          status: 'Failure',
          reason: 'AlreadyExists',
          message: 'widgets.contract.assay.dev "a" already exists',
          details: { name: 'a', group: 'contract.assay.dev', kind: 'widgets' },
          code: 409,
        },
      });
    },
  },
  {
    name: 'generateName makes names that differ',
    async run(api) {
      const one = await api.given(configMaps, { metadata: { name: '', generateName: 'made-' } });
      const two = await api.given(configMaps, { metadata: { name: '', generateName: 'made-' } });
      expect(one.metadata.name).toMatch(/^made-[a-z0-9]{5}$/);
      expect(two.metadata.name).not.toBe(one.metadata.name);
    },
  },
  {
    name: 'a write under an old resourceVersion is a Conflict and changes nothing',
    async run(api) {
      const old = await api.given(configMaps, { metadata: { name: 'a' }, data: { who: 'first' } });
      await api.merge(configMaps, 'a', { data: { who: 'second' } });
      const reply = await api.put(configMaps, { ...old, data: { who: 'third' } });
      expect(reply).toMatchObject({
        status: 409,
        body: {
          reason: 'Conflict',
          message: `Operation cannot be fulfilled on configmaps "a": ${modified}`,
          details: { name: 'a', kind: 'configmaps' },
        },
      });
      expect((await api.get(configMaps, 'a')).object.data).toEqual({ who: 'second' });
    },
  },
  {
    name: 'a merge patch that names an old resourceVersion is a Conflict',
    async run(api) {
      const old = await api.given(widgets, { metadata: { name: 'a' }, spec: { size: 1 } });
      await api.merge(widgets, 'a', { spec: { size: 2 } });
      const { resourceVersion } = old.metadata;
      expect(await api.merge(widgets, 'a', { metadata: { resourceVersion }, spec: { size: 3 } })).toMatchObject({
        status: 409,
        body: { reason: 'Conflict', message: `Operation cannot be fulfilled on widgets.contract.assay.dev "a": ${modified}` },
      });
    },
  },
  {
    name: 'a PUT without resourceVersion overwrites a ConfigMap, and is refused for custom kinds and Leases',
    async run(api) {
      await api.given(configMaps, { metadata: { name: 'a' }, data: { who: 'first' } });
      expect(await api.put(configMaps, { metadata: { name: 'a' } })).toMatchObject({ status: 200 });
      for (const resource of [widgets, leases]) {
        await api.given(resource, { metadata: { name: 'a' }, spec: resource === widgets ? { size: 1 } : {} });
        const reply = await api.put(resource, { metadata: { name: 'a' }, spec: {} });
        expect(reply).toMatchObject({
          status: 422,
          body: { reason: 'Invalid', details: { causes: [{ field: 'metadata.resourceVersion', reason: 'FieldValueInvalid' }] } },
        });
      }
    },
  },
  {
    name: 'a PUT under another uid is a Conflict',
    async run(api) {
      await api.given(configMaps, { metadata: { name: 'a' } });
      expect(await api.put(configMaps, { metadata: { name: 'a', uid: 'other' } })).toMatchObject({
        status: 409,
        body: { reason: 'Conflict' },
      });
    },
  },
  {
    name: 'a write that changes nothing keeps the resourceVersion',
    async run(api) {
      const before = await api.given(widgets, { metadata: { name: 'a' }, spec: { size: 1 } });
      const same = await api.merge(widgets, 'a', { spec: { size: 1 } });
      expect(same.object.metadata.resourceVersion).toBe(before.metadata.resourceVersion);
    },
  },
  {
    name: 'a name that does not fit the path is refused',
    async run(api) {
      await api.given(configMaps, { metadata: { name: 'a' } });
      const reply = await api.merge(configMaps, 'a', { metadata: { name: 'b' } });
      expect(reply).toMatchObject({
        status: 400,
        body: { reason: 'BadRequest', message: 'the name of the object (b) does not match the name on the URL (a)' },
      });
    },
  },
  {
    name: 'a namespace that does not fit the path is refused',
    async run(api) {
      expect(await api.create(configMaps, { metadata: { name: 'a', namespace: 'other' } })).toMatchObject({
        status: 400,
        body: { message: 'the namespace of the provided object does not match the namespace sent on the request' },
      });
    },
  },
  {
    name: 'a namespace that does not exist is NotFound',
    async run(api) {
      const path = `/api/v1/namespaces/${api.namespace}-none/configmaps`;
      const reply = await api.send('POST', path, { body: { metadata: { name: 'a' } } });
      expect(reply).toMatchObject({
        status: 404,
        body: { reason: 'NotFound', message: `namespaces "${api.namespace}-none" not found`, details: { kind: 'namespaces' } },
      });
    },
  },
  {
    name: 'an object that does not exist is NotFound for every verb',
    async run(api) {
      const replies = [
        await api.get(widgets, 'none'),
        await api.merge(widgets, 'none', { spec: { size: 1 } }),
        await api.put(widgets, { metadata: { name: 'none' }, spec: { size: 1 } }),
        await api.delete(widgets, 'none'),
      ];
      const body = {
        kind: 'Status',
        reason: 'NotFound',
        message: 'widgets.contract.assay.dev "none" not found',
        details: { name: 'none', group: 'contract.assay.dev', kind: 'widgets' },
        code: 404,
      };
      for (const reply of replies) expect(reply).toMatchObject({ status: 404, body });
    },
  },
  {
    name: 'a dry run changes nothing',
    async run(api) {
      expect(await api.create(configMaps, { metadata: { name: 'a' } }, { dryRun: 'All' })).toMatchObject({ status: 201 });
      expect(await api.get(configMaps, 'a')).toMatchObject({ status: 404 });
    },
  },
  {
    name: 'a Lease keeps six digits of its times and is refused with less',
    async run(api) {
      const spec = { holderIdentity: 'me', leaseDurationSeconds: 15, renewTime: '2026-01-01T00:00:00.000000Z' };
      expect((await api.create(leases, { metadata: { name: 'a' }, spec })).object.spec).toMatchObject(spec);
      const coarse = { ...spec, renewTime: '2026-01-01T00:00:00Z' };
      expect(await api.create(leases, { metadata: { name: 'b' }, spec: coarse })).toMatchObject({
        status: 400,
        body: { reason: 'BadRequest' },
      });
    },
  },
  {
    name: 'a ConfigMap of more than 1 MiB, or an immutable one that changes, is refused',
    async run(api) {
      const large = await api.create(configMaps, { metadata: { name: 'a' }, data: { text: 'x'.repeat(1024 * 1024 + 1) } });
      expect(large).toMatchObject({ status: 422, body: { details: { causes: [{ reason: 'FieldValueTooLong' }] } } });
      const sealed = { metadata: { name: 'b' }, data: { a: '1' }, immutable: true };
      await api.given(configMaps, sealed);
      const changed = await api.merge(configMaps, 'b', { data: { a: '2' } });
      expect(changed).toMatchObject({ status: 422, body: { details: { causes: [{ field: 'data', reason: 'FieldValueForbidden' }] } } });
    },
  },
  {
    name: 'a body above 3 MiB is refused',
    async run(api) {
      const reply = await api.create(configMaps, { metadata: { name: 'a' }, data: { text: 'x'.repeat(3_200_000) } });
      expect(reply).toMatchObject({ status: 413, body: { reason: 'RequestEntityTooLarge' } });
    },
  },
];
