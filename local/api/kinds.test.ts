import { describe, expect, test } from '@jest/globals';
import { configMaps, customResourceDefinitions, events, nodes, pods } from '../../operator/kube/object.ts';
import type { Resource } from '../../operator/kube/object.ts';
import { customKinds, servedResources } from './custom.ts';
import { Kinds } from './kinds.ts';
import type { ApiObject, Fields } from './object.ts';
import { selection } from './selectors.ts';

const things: Resource = { group: 'example.dev', version: 'v1', plural: 'things', kind: 'Thing' };

function definition(versions: Fields[], scope = 'Namespaced'): ApiObject {
  const spec = { group: 'example.dev', scope, names: { plural: 'things', kind: 'Thing' }, versions };
  return { apiVersion: 'apiextensions.k8s.io/v1', kind: customResourceDefinitions.kind, metadata: { name: 'things.example.dev' }, spec };
}

const version = (more: Fields = {}): Fields => ({ name: 'v1', served: true, ...more });

/** The kinds that are served with a definition's added. */
function kindsWith(...added: ApiObject[]): Kinds {
  const kinds = new Kinds();
  for (const kind of added.flatMap(customKinds)) kinds.add(kind);
  return kinds;
}

const named = (document: object | undefined) =>
  document && (document as { resources: { name: string }[] }).resources.map(({ name }) => name).toSorted();

describe('discovery', () => {
  test.each([
    ['/api/v1', ['configmaps', 'events', 'namespaces', 'namespaces/status', 'nodes', 'nodes/status', 'persistentvolumeclaims']],
    ['/apis/coordination.k8s.io/v1', ['leases']],
    ['/apis/apiextensions.k8s.io/v1', ['customresourcedefinitions', 'customresourcedefinitions/status']],
  ])('%s names its kinds', (path, names) => {
    expect(named(new Kinds().discovery(path))).toEqual(expect.arrayContaining(names));
  });

  test.each(['/apis/v1', '/api/coordination.k8s.io/v1', '/apis/example.dev/v1', '/api', '/', '', '/api/v1/pods', '/api/v2'])(
    '%j names nothing',
    (path) => {
      expect(new Kinds().discovery(path)).toBeUndefined();
    },
  );

  test('says which kinds lie in namespaces', () => {
    const { resources } = new Kinds().discovery('/api/v1') as { resources: { name: string; namespaced: boolean }[] };
    const scope = Object.fromEntries(resources.map(({ name, namespaced }) => [name, namespaced]));
    expect(scope).toMatchObject({ pods: true, 'pods/status': true, configmaps: true, nodes: false, namespaces: false });
  });

  test('follows the definitions that come and go', () => {
    const kinds = kindsWith(definition([version({ subresources: { status: {} } })]));
    expect(named(kinds.discovery('/apis/example.dev/v1'))).toEqual(['things', 'things/status']);
    kinds.remove(things);
    expect(kinds.discovery('/apis/example.dev/v1')).toBeUndefined();
  });
});

describe('a definition', () => {
  test('serves the versions that it says, each by itself', () => {
    const crd = definition([version(), version({ name: 'v2', served: false }), version({ name: 'v3' })]);
    expect(servedResources(crd).map((resource) => resource.version)).toEqual(['v1', 'v3']);
    expect(customKinds(crd).map(({ resource }) => resource)).toEqual(servedResources(crd));
  });

  test.each([
    ['Namespaced', true],
    ['Cluster', false],
  ])('of scope %s lies in namespaces: %s', (scope, wanted) => {
    expect(customKinds(definition([version()], scope)).map(({ namespaced }) => namespaced)).toEqual([wanted]);
  });

  test('that is the same again is not compiled again', () => {
    const schema = { openAPIV3Schema: { type: 'object', properties: { once: { type: 'string' } } } };
    const [one, two] = [definition([version({ schema })]), definition([version({ schema: structuredClone(schema) })])].flatMap(customKinds);
    expect(one?.schema).toBeDefined();
    expect(two?.schema).toBe(one?.schema);
  });
});

describe('fields that may be selected', () => {
  const selectableFields = ['.spec.mode', '.spec.size', '.spec.on', '.spec.deep.er', '.spec.list'].map((jsonPath) => ({ jsonPath }));
  const [custom] = customKinds(definition([version({ selectableFields })]));
  const spec = { mode: 'Fast', size: 3, on: false, deep: { er: 'x' }, list: ['a'] };

  test.each([
    ['text', 'spec.mode=Fast', true],
    ['a number', 'spec.size=3', true],
    ['a switch', 'spec.on=false', true],
    ['a field of a field', 'spec.deep.er=x', true],
    ['a list, which is no text', 'spec.list=', true],
    ['another value', 'spec.size=30', false],
  ])('of a custom resource: %s', (_, fieldSelector, wanted) => {
    const object: ApiObject = { apiVersion: 'example.dev/v1', kind: 'Thing', metadata: { name: 'a' }, spec };
    expect(custom && selection(custom, { fieldSelector })?.(object)).toBe(wanted);
  });

  test.each<[Resource, Fields, string, boolean]>([
    [nodes, { spec: { unschedulable: true } }, 'spec.unschedulable=true', true],
    [nodes, {}, 'spec.unschedulable=false', true],
    [nodes, { spec: { unschedulable: 'true' } }, 'spec.unschedulable=true', false],
    [events, { involvedObject: { name: 'a', uid: 'u' } }, 'involvedObject.name=a,involvedObject.uid=u', true],
    [events, { involvedObject: { name: 'a' } }, 'involvedObject.name=b', false],
    [events, { reason: 'Started', type: 'Normal' }, 'reason=Started,type!=Warning', true],
    [pods, { status: { podIP: '10.0.0.1' } }, 'status.podIP=10.0.0.1', true],
    [pods, { spec: { schedulerName: 'volcano' } }, 'spec.schedulerName=volcano', true],
  ])('of %j: %j under %s is %s', (resource, fields, fieldSelector, wanted) => {
    const object: ApiObject = { apiVersion: 'v1', kind: resource.kind, metadata: { name: 'a', namespace: 'ns' }, ...fields };
    expect(selection(new Kinds().get(resource), { fieldSelector })?.(object)).toBe(wanted);
  });

  test.each<[string, Resource, string]>([
    ['the namespace of a cluster-wide kind', nodes, 'metadata.namespace'],
    ['a field that only custom resources could name', configMaps, 'data.a'],
    ['what objects inherit', pods, 'constructor'],
  ])('are not %s', (_, resource, field) => {
    expect(() => selection(new Kinds().get(resource), { fieldSelector: `${field}=a` })).toThrow(`field label not supported: ${field}`);
  });
});
