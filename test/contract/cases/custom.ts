import { expect } from '@jest/globals';
import type { Case } from '../api.ts';
import { causeFields } from '../api.ts';
import { gadgets, widgets } from '../fixture.ts';

export const customCases: Case[] = [
  {
    name: 'unknown fields are pruned, with a warning',
    async run(api) {
      const spec = { size: 1, colour: 'red', parts: [{ name: 'a', weight: 2 }], options: { any: 'text' } };
      const { object, headers } = await api.create(widgets, { metadata: { name: 'a' }, spec });
      expect(object.spec).toEqual({ size: 1, mode: 'Small', parts: [{ name: 'a', count: 1 }], options: { any: 'text' } });
      expect(headers['warning']).toContain('unknown field \\"spec.colour\\"');
      expect(headers['warning']).toContain('unknown field \\"spec.parts[0].weight\\"');
    },
  },
  {
    name: 'unknown fields are refused under fieldValidation=Strict',
    async run(api) {
      const spec = { size: 1, colour: 'red', parts: [{ name: 'a', weight: 2 }] };
      const reply = await api.create(widgets, { metadata: { name: 'a' }, spec }, { fieldValidation: 'Strict' });
      expect(reply).toMatchObject({
        status: 400,
        body: {
          reason: 'BadRequest',
          message:
            'Widget in version "v1" cannot be handled as a Widget: strict decoding error: ' +
            'unknown field "spec.colour", unknown field "spec.parts[0].weight"',
        },
      });
      expect(await api.get(widgets, 'a')).toMatchObject({ status: 404 });
    },
  },
  {
    name: 'defaults are filled in, in lists as well',
    async run(api) {
      const { object } = await api.create(widgets, { metadata: { name: 'a' }, spec: { size: 1, parts: [{ name: 'x' }] } });
      expect(object.spec).toEqual({ size: 1, mode: 'Small', parts: [{ name: 'x', count: 1 }] });
    },
  },
  ...(
    [
      ['a value out of range', { size: 0 }, ['spec.size']],
      ['a wrong type', { size: 'large' }, ['spec.size']],
      ['a missing field', {}, ['spec.size']],
      ['a value that is not in the list', { size: 1, mode: 'Huge' }, ['spec.mode']],
      ['a string that is too long', { size: 1, material: 'x'.repeat(21) }, ['spec.material']],
      ['too many items', { size: 1, parts: Array.from({ length: 11 }, (_, index) => ({ name: `p${index}` })) }, ['spec.parts']],
      ['a missing field of an item', { size: 1, parts: [{ name: 'a' }, { count: 1 }] }, ['spec.parts[1].name']],
      ['two items of one key', { size: 1, parts: [{ name: 'a' }, { name: 'a' }] }, ['spec.parts[1]']],
      ['several wrong fields at once', { size: 0, mode: 'Huge' }, ['spec.mode', 'spec.size']],
      ['a broken CEL rule', { size: 11 }, ['spec']],
    ] as [string, Record<string, unknown>, string[]][]
  ).map(([name, spec, fields]): Case => ({
    name: `${name} is Invalid, and the causes name ${fields.join(' and ')}`,
    async run(api) {
      const reply = await api.create(widgets, { metadata: { name: 'a' }, spec });
      const details = { name: 'a', group: 'contract.assay.dev', kind: 'Widget' };
      expect(reply).toMatchObject({ status: 422, body: { kind: 'Status', reason: 'Invalid', code: 422, details } });
      expect(causeFields(reply)).toEqual(fields);
    },
  })),
  {
    name: 'a CEL rule of an update compares with the old value',
    async run(api) {
      await api.given(widgets, { metadata: { name: 'a' }, spec: { size: 1, material: 'oak' } });
      const reply = await api.merge(widgets, 'a', { spec: { material: 'elm' } });
      expect(reply).toMatchObject({ status: 422, body: { reason: 'Invalid' } });
      expect(reply.body).toHaveProperty('details.causes.0.message', expect.stringContaining('material is immutable'));
      expect(causeFields(reply)).toEqual(['spec.material']);
      expect(await api.merge(widgets, 'a', { spec: { size: 2 } })).toMatchObject({ status: 200 });
    },
  },
  {
    name: 'a CEL rule across fields is asked again on update',
    async run(api) {
      await api.given(widgets, { metadata: { name: 'a' }, spec: { size: 50, mode: 'Large' } });
      const reply = await api.merge(widgets, 'a', { spec: { mode: 'Small' } });
      expect(reply.body).toHaveProperty('details.causes.0.message', expect.stringContaining('sizes above 10 need mode Large'));
    },
  },
  {
    name: 'a body must say its kind and version',
    async run(api) {
      const path = `/apis/contract.assay.dev/v1/namespaces/${api.namespace}/widgets`;
      const bare = await api.send('POST', path, { body: { metadata: { name: 'a' }, spec: { size: 1 } } });
      expect(bare).toMatchObject({ status: 400, body: { reason: 'BadRequest' } });
      const foreign = await api.send('POST', path, { body: { apiVersion: 'v1', kind: 'Widget', metadata: { name: 'a' } } });
      expect(foreign).toMatchObject({
        status: 400,
        body: { message: 'the API version in the data (v1) does not match the expected API version (contract.assay.dev/v1)' },
      });
    },
  },
  {
    name: 'the generation counts changes of the spec, not of status, labels or annotations',
    async run(api) {
      await api.given(widgets, { metadata: { name: 'a' }, spec: { size: 1 } });
      const generations = [
        await api.merge(widgets, 'a', { metadata: { labels: { a: 'b' }, annotations: { c: 'd' } } }),
        await api.merge(widgets, 'a', { status: { phase: 'Ready' } }, 'status'),
        await api.merge(widgets, 'a', { spec: { size: 2 } }),
        await api.merge(widgets, 'a', { spec: { size: 2 } }),
        await api.merge(widgets, 'a', { spec: { options: { a: 'b' } } }),
      ].map(({ object }) => object.metadata.generation);
      expect(generations).toEqual([1, 1, 2, 2, 3]);
    },
  },
  {
    name: 'the main path ignores status, the status path all but status',
    async run(api) {
      const made = await api.create(widgets, { metadata: { name: 'a' }, spec: { size: 1 }, status: { phase: 'Early' } });
      expect(made.object.status).toBeUndefined();
      const main = await api.merge(widgets, 'a', { spec: { size: 2 }, status: { phase: 'Main' } });
      expect(main.object).toMatchObject({ spec: { size: 2 } });
      expect(main.object.status).toBeUndefined();
      const patch = { metadata: { labels: { a: 'b' } }, spec: { size: 3 }, status: { phase: 'Ready' } };
      const { object } = await api.merge(widgets, 'a', patch, 'status');
      expect(object).toMatchObject({ spec: { size: 2 }, status: { phase: 'Ready' } });
      expect(object.metadata.labels).toBeUndefined();
    },
  },
  {
    name: 'a status of the wrong shape is Invalid',
    async run(api) {
      await api.given(widgets, { metadata: { name: 'a' }, spec: { size: 1 } });
      const reply = await api.merge(widgets, 'a', { status: { conditions: [{ type: 'Ready' }] } }, 'status');
      expect(causeFields(reply)).toEqual(['status.conditions[0].status']);
    },
  },
  {
    name: 'a PUT of the status conflicts like one of the object',
    async run(api) {
      const old = await api.given(widgets, { metadata: { name: 'a' }, spec: { size: 1 } });
      expect(await api.put(widgets, { ...old, status: { phase: 'One' } }, 'status')).toMatchObject({ status: 200 });
      expect(await api.put(widgets, { ...old, status: { phase: 'Two' } }, 'status')).toMatchObject({ status: 409 });
    },
  },
  {
    name: 'a kind without status subresource takes status as any field',
    async run(api) {
      const name = `${api.namespace}-gadget`;
      await api.given(gadgets, { metadata: { name }, spec: { size: 1 } });
      const { object } = await api.merge(gadgets, name, { status: { phase: 'Ready' } });
      expect(object).toMatchObject({ metadata: { generation: 2 }, status: { phase: 'Ready' } });
      expect(await api.merge(gadgets, name, { status: { phase: 'x' } }, 'status')).toMatchObject({ status: 404 });
    },
  },
  ...(
    [
      ['upper case', 'Aa'],
      ['an underscore', 'a_b'],
      ['254 characters', 'a'.repeat(254)],
      ['a dash at the end', 'a-'],
    ] as const
  ).map(([what, name]): Case => ({
    name: `a name with ${what} is Invalid`,
    async run(api) {
      const reply = await api.create(widgets, { metadata: { name }, spec: { size: 1 } });
      expect(reply).toMatchObject({ status: 422, body: { reason: 'Invalid' } });
      expect(causeFields(reply)).toEqual(['metadata.name']);
    },
  })),
  {
    name: 'labels that are no labels are Invalid',
    async run(api) {
      const labels = { 'a b': 'x', long: 'x'.repeat(64) };
      const reply = await api.create(widgets, { metadata: { name: 'a', labels }, spec: { size: 1 } });
      expect(reply).toMatchObject({ status: 422 });
      expect(causeFields(reply)).toEqual(['metadata.labels']);
    },
  },
];
