import { expect } from '@jest/globals';
import { configMaps, events, pods } from '../../../operator/kube/object.ts';
import type { Case, TestObject } from '../api.ts';
import { widgets } from '../fixture.ts';

function names({ items }: { items: TestObject[] }): string[] {
  return items.map(({ metadata }) => metadata.name);
}

const pod: TestObject = { metadata: { name: 'a' }, spec: { containers: [{ name: 'a', image: 'a:1' }] } };

function labelled(name: string, labels: Record<string, string>): TestObject {
  return { metadata: { name, labels: { test: 'yes', ...labels } } };
}

/** Where the selected objects of a test lie; the real server puts a ConfigMap of its own into each namespace. */
const own = 'test=yes';

export const listCases: Case[] = [
  {
    name: 'a list is in the order of names, and custom items name their kind',
    async run(api) {
      for (const name of ['b', 'c', 'a']) await api.given(widgets, { metadata: { name }, spec: { size: 1 } });
      const list = await api.list(widgets);
      expect(list.body).toMatchObject({ kind: 'WidgetList', apiVersion: 'contract.assay.dev/v1' });
      expect(names(list)).toEqual(['a', 'b', 'c']);
      expect(list.items[0]).toMatchObject({ kind: 'Widget', apiVersion: 'contract.assay.dev/v1' });
    },
  },
  {
    name: 'items of a built-in kind do not name their kind',
    async run(api) {
      await api.given(pods, pod);
      const list = await api.list(pods);
      expect(list.body).toMatchObject({ kind: 'PodList', apiVersion: 'v1' });
      expect(list.items[0]?.kind).toBeUndefined();
    },
  },
  ...(
    [
      ['tier=front', ['a', 'd']],
      ['tier==front,zone=1', ['a']],
      ['tier!=front', ['b', 'c']],
      ['tier', ['a', 'b', 'd']],
      ['!tier', ['c']],
      ['tier in (front, back)', ['a', 'b', 'd']],
      ['tier notin (front)', ['b', 'c']],
      ['tier notin (front),zone', ['b']],
      ['zone=', []],
      ['toString', []],
    ] as [string, string[]][]
  ).map(([selector, wanted]): Case => ({
    name: `labels are selected by ${selector}`,
    async run(api) {
      await api.given(configMaps, labelled('a', { tier: 'front', zone: '1' }));
      await api.given(configMaps, labelled('b', { tier: 'back', zone: '1' }));
      await api.given(configMaps, labelled('c', {}));
      await api.given(configMaps, labelled('d', { tier: 'front' }));
      expect(names(await api.list(configMaps, { labelSelector: `${own},${selector}` }))).toEqual(wanted);
    },
  })),
  ...['tier=a=b', 'tier in (a', '-x', 'tier in a'].map((labelSelector): Case => ({
    name: `the label selector ${labelSelector} is refused`,
    async run(api) {
      expect(await api.list(configMaps, { labelSelector })).toMatchObject({ status: 400, body: { reason: 'BadRequest' } });
    },
  })),
  {
    name: 'pods are selected by node, phase and name',
    async run(api) {
      await api.given(pods, { metadata: { name: 'a' }, spec: { ...pod.spec, nodeName: 'n1' } });
      await api.given(pods, { metadata: { name: 'b' }, spec: { ...pod.spec, nodeName: 'n1' } });
      await api.given(pods, { metadata: { name: 'c' }, spec: { ...pod.spec } });
      await api.merge(pods, 'b', { status: { phase: 'Running' } }, 'status');
      const by = async (fieldSelector: string) => names(await api.list(pods, { fieldSelector }));
      expect(await by('spec.nodeName=n1')).toEqual(['a', 'b']);
      expect(await by('spec.nodeName=')).toEqual(['c']);
      expect(await by('spec.nodeName=n1,status.phase!=Running')).toEqual(['a']);
      expect(await by('metadata.name=c')).toEqual(['c']);
      for (const name of ['a', 'b']) await api.delete(pods, name, { gracePeriodSeconds: 0 });
    },
  },
  {
    name: 'Events are selected by the object they are about',
    async run(api) {
      for (const name of ['a', 'b']) {
        const involvedObject = { kind: 'Pod', name, namespace: api.namespace, uid: `uid-${name}` };
        await api.given(events, Object.assign({ metadata: { name: `about-${name}` } }, { involvedObject }));
      }
      expect(names(await api.list(events, { fieldSelector: 'involvedObject.name=b' }))).toEqual(['about-b']);
      expect(names(await api.list(events, { fieldSelector: 'involvedObject.kind=Pod,involvedObject.uid=uid-a' }))).toEqual(['about-a']);
    },
  },
  {
    name: 'custom resources are selected by the fields that their definition allows',
    async run(api) {
      await api.given(widgets, { metadata: { name: 'a' }, spec: { size: 1, mode: 'Large' } });
      await api.given(widgets, { metadata: { name: 'b' }, spec: { size: 1 } });
      expect(names(await api.list(widgets, { fieldSelector: 'spec.mode=Small' }))).toEqual(['b']);
      expect(await api.list(widgets, { fieldSelector: 'spec.size=1' })).toMatchObject({
        status: 400,
        body: { reason: 'BadRequest', message: 'field label not supported: spec.size' },
      });
    },
  },
  {
    name: 'pages show one revision, whatever is written meanwhile',
    async run(api) {
      for (const name of ['a', 'b', 'c', 'd', 'e']) await api.given(widgets, { metadata: { name }, spec: { size: 1 } });
      const first = await api.list(widgets, { limit: '2' });
      expect(names(first)).toEqual(['a', 'b']);
      expect(first.metadata.remainingItemCount).toBe(3);
      await api.delete(widgets, 'c');
      await api.merge(widgets, 'd', { spec: { size: 2 } });
      await api.given(widgets, { metadata: { name: 'ca' }, spec: { size: 1 } });
      const second = await api.list(widgets, { limit: '2', continue: first.metadata.continue ?? '' });
      expect(names(second)).toEqual(['c', 'd']);
      expect(second.items[1]?.spec).toMatchObject({ size: 1 });
      expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
      const third = await api.list(widgets, { limit: '2', continue: second.metadata.continue ?? '' });
      expect(names(third)).toEqual(['e']);
      expect(third.metadata.continue ?? '').toBe('');
    },
  },
  {
    name: 'pages of a selection skip what does not match',
    async run(api) {
      for (const name of ['a', 'b', 'c', 'd']) await api.given(configMaps, labelled(name, { odd: 'ac'.includes(name) ? 'yes' : 'no' }));
      const first = await api.list(configMaps, { limit: '1', labelSelector: 'odd=yes' });
      const second = await api.list(configMaps, { limit: '1', labelSelector: 'odd=yes', continue: first.metadata.continue ?? '' });
      expect([...names(first), ...names(second)]).toEqual(['a', 'c']);
    },
  },
  {
    name: 'a token that is none is refused',
    async run(api) {
      expect(await api.list(widgets, { limit: '1', continue: 'nonsense' })).toMatchObject({ status: 400, body: { reason: 'BadRequest' } });
    },
  },
  {
    name: 'a revision that the server has not reached is a Timeout',
    async run(api) {
      expect(await api.list(pods, { resourceVersion: '999999999' })).toMatchObject({
        status: 504,
        body: { reason: 'Timeout', details: { causes: [{ reason: 'ResourceVersionTooLarge' }] } },
      });
    },
  },
  {
    name: 'a list at an exact revision shows the past',
    async run(api) {
      await api.given(widgets, { metadata: { name: 'a' }, spec: { size: 1 } });
      const { metadata } = await api.list(widgets);
      await api.delete(widgets, 'a');
      const past = await api.list(widgets, { resourceVersion: metadata.resourceVersion, resourceVersionMatch: 'Exact' });
      expect(names(past)).toEqual(['a']);
    },
  },
  {
    name: 'discovery names the kinds of a group, and a group that is not there is 404',
    async run(api) {
      const { body } = await api.send('GET', '/apis/contract.assay.dev/v1');
      expect(body).toMatchObject({ kind: 'APIResourceList', groupVersion: 'contract.assay.dev/v1' });
      expect(body).toHaveProperty('resources', expect.arrayContaining([expect.objectContaining({ name: 'widgets', kind: 'Widget' })]));
      expect(await api.send('GET', '/apis/none.assay.dev/v1')).toMatchObject({ status: 404 });
      expect(await api.send('GET', '/apis/none.assay.dev/v1/things')).toMatchObject({ status: 404 });
    },
  },
];
