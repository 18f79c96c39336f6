// Whose rights the chart gives, and where.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { only, render, rightsIn, type Rendered, type Rule, type Values } from './chart.ts';

let everywhere: Rendered[];
let listed: Rendered[];

beforeAll(async () => {
  [everywhere, listed] = await Promise.all([render(), render({ namespaces: ['team-a', 'team-b'] })]);
}, 120_000);

const places = (objects: readonly Rendered[]) =>
  objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? '*'}/${metadata.name}`).toSorted();

describe('an operator of all namespaces', () => {
  test('has one ClusterRole, one to list nodes, and a Role for its lease in its own', () => {
    expect(places(rightsIn(everywhere))).toEqual([
      'ClusterRole */assay-edit',
      'ClusterRole */assay-operator',
      'ClusterRole */assay-operator-nodes',
      'ClusterRole */assay-view',
      'ClusterRoleBinding */assay-operator',
      'ClusterRoleBinding */assay-operator-nodes',
      'Role assay-system/assay-operator-lease',
      'RoleBinding assay-system/assay-operator-lease',
    ]);
  });

  test('KP-42 can do nothing on Secrets, rights or definitions, and has no right by a star', () => {
    const rules = [
      ...(only(everywhere, 'ClusterRole', 'assay-operator').rules ?? []),
      ...(only(everywhere, 'Role', 'assay-operator-lease').rules ?? []),
    ];
    const words = new Set(rules.flatMap(({ apiGroups, resources, verbs }) => [apiGroups, resources, verbs].flat()));
    expect([...words].toSorted()).toEqual([
      '',
      'assay.dev',
      'benchmarks',
      'benchmarks/finalizers',
      'benchmarks/status',
      'benchmarksets',
      'benchmarksets/finalizers',
      'benchmarksets/status',
      'configmaps',
      'coordination.k8s.io',
      'create',
      'delete',
      'events',
      'get',
      'leases',
      'list',
      'patch',
      'persistentvolumeclaims',
      'pods',
      'pods/log',
      'update',
      'watch',
    ]);
  });

  test('lists nodes, and may do nothing else with them', () => {
    expect(only(everywhere, 'ClusterRole', 'assay-operator-nodes').rules).toEqual([
      { apiGroups: [''], resources: ['nodes'], verbs: ['list'] },
    ]);
  });

  test('KP-33 deletes nothing but pods and claims', () => {
    const deletable = (only(everywhere, 'ClusterRole', 'assay-operator').rules ?? []).filter(({ verbs }) => verbs.includes('delete'));
    expect(deletable.flatMap(({ resources }) => resources)).toEqual(['pods', 'persistentvolumeclaims']);
  });

  test('takes and renews the lease of its name alone', () => {
    const [create, use] = only(everywhere, 'Role', 'assay-operator-lease').rules ?? [];
    expect(create).toEqual({ apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] });
    expect(use).toMatchObject({
      resources: ['leases'],
      resourceNames: [only(everywhere, 'Lease').metadata.name],
      verbs: ['get', 'update'],
    });
  });
});

async function rulesOf(values: Values): Promise<Rule[]> {
  return only(await render(values), 'ClusterRole', 'assay-operator').rules ?? [];
}

describe('backends', () => {
  test('KP-42 Volcano is a matter of two rules, and of no right without them', async () => {
    const [plain, volcano] = await Promise.all([rulesOf({}), rulesOf({ backends: { volcano: true } })]);
    expect(volcano.slice(0, plain.length)).toEqual(plain);
    expect(volcano.slice(plain.length)).toEqual([
      { apiGroups: ['batch.volcano.sh'], resources: ['jobs'], verbs: ['get', 'list', 'watch', 'create', 'delete'] },
      { apiGroups: ['scheduling.volcano.sh'], resources: ['podgroups'], verbs: ['list', 'watch'] },
    ]);
  });

  test('JobSet is a matter of two rules, and writes no Jobs', async () => {
    const [plain, jobSet] = await Promise.all([rulesOf({}), rulesOf({ backends: { jobSet: true } })]);
    expect(jobSet).toEqual([
      ...plain,
      { apiGroups: ['jobset.x-k8s.io'], resources: ['jobsets'], verbs: ['get', 'list', 'watch', 'create', 'delete'] },
      { apiGroups: ['batch'], resources: ['jobs'], verbs: ['list', 'watch'] },
    ]);
  });

  test('are for the listed namespaces alone, where there are some', async () => {
    const objects = await render({ backends: { volcano: true }, namespaces: ['team-a'] });
    const { rules = [] } = only(objects, 'Role', 'assay-operator');
    expect(rules.flatMap(({ resources }) => resources)).toContain('podgroups');
    expect(objects.filter(({ kind }) => kind === 'ClusterRole')).toEqual([]);
  });
});

describe('an operator of listed namespaces', () => {
  test('has no right on the whole cluster, nor has anybody else by the chart', () => {
    expect(places(rightsIn(listed))).toEqual([
      'Role assay-system/assay-operator-lease',
      'Role team-a/assay-edit',
      'Role team-a/assay-operator',
      'Role team-a/assay-view',
      'Role team-b/assay-edit',
      'Role team-b/assay-operator',
      'Role team-b/assay-view',
      'RoleBinding assay-system/assay-operator-lease',
      'RoleBinding team-a/assay-operator',
      'RoleBinding team-b/assay-operator',
    ]);
  });

  test('may list nodes where that is asked for, and nothing else of the whole cluster', async () => {
    const more = rightsIn(await render({ namespaces: ['team-a', 'team-b'], rbac: { nodes: true } }));
    const before = new Set(places(rightsIn(listed)));
    expect(places(more).filter((place) => !before.has(place))).toEqual([
      'ClusterRole */assay-operator-nodes',
      'ClusterRoleBinding */assay-operator-nodes',
    ]);
  });

  test('is of the whole cluster by its definitions alone, which can be left to others', async () => {
    const objects = await render({ namespaces: ['team-a'], crds: { install: false } });
    expect(objects.filter(({ metadata }) => metadata.namespace === undefined)).toEqual([]);
  });

  test('may do there what an operator of all namespaces may do everywhere', () => {
    const { rules } = only(everywhere, 'ClusterRole', 'assay-operator');
    const roles = listed.filter(({ kind, metadata }) => kind === 'Role' && metadata.name === 'assay-operator');
    expect(roles.map((role) => role.rules)).toEqual([rules, rules]);
  });
});

test.each([
  ['its own account', {}, 'assay-operator'],
  ['one that there is', { serviceAccount: { create: false, name: 'mine' } }, 'mine'],
  ['one by another name', { serviceAccount: { name: 'bench' } }, 'bench'],
  ["the namespace's", { serviceAccount: { create: false } }, 'default'],
])('rights go to %s, in the namespace of the release', async (_, values, name) => {
  const bindings = rightsIn(await render(values)).filter(({ kind }) => kind.endsWith('Binding'));
  const subject = { kind: 'ServiceAccount', name, namespace: 'assay-system' };
  expect(bindings.map(({ subjects }) => subjects)).toEqual([[subject], [subject], [subject]]);
});

test('every binding is to a role of the release', async () => {
  for (const objects of [everywhere, listed]) {
    const roles = new Set(places(objects));
    const bound = objects
      .filter(({ kind }) => kind.endsWith('Binding'))
      .map(({ roleRef, metadata }) => `${roleRef?.kind} ${metadata.namespace ?? '*'}/${roleRef?.name}`);
    expect(bound.filter((role) => !roles.has(role))).toEqual([]);
  }
});

describe('people', () => {
  const writing = ['create', 'update', 'patch', 'delete', 'deletecollection'];
  const reading = ['get', 'list', 'watch'];

  test.each<[string, string[], string[]]>([
    ['assay-view', reading, ['admin', 'edit', 'view']],
    ['assay-edit', writing, ['admin', 'edit']],
  ])('%s becomes part of the roles that clusters have', (name, verbs, parts) => {
    const { metadata, rules } = only(everywhere, 'ClusterRole', name);
    const prefix = 'rbac.authorization.k8s.io/aggregate-to-';
    const labels = Object.keys(metadata.labels ?? {}).filter((label) => label.startsWith(prefix));
    expect(labels.map((label) => label.slice(prefix.length)).toSorted()).toEqual(parts);
    expect(rules).toEqual([{ apiGroups: ['assay.dev'], resources: ['benchmarks', 'benchmarksets'], verbs }]);
  });

  test('in listed namespaces get the same by roles to bind', () => {
    const [view, edit] = ['assay-view', 'assay-edit'].map((name) =>
      listed.find(({ metadata }) => metadata.name === name && metadata.namespace === 'team-a'),
    );
    expect([view?.rules, edit?.rules]).toEqual([
      only(everywhere, 'ClusterRole', 'assay-view').rules,
      only(everywhere, 'ClusterRole', 'assay-edit').rules,
    ]);
  });
});
