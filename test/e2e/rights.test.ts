// Who may create Benchmarks and nothing else gets no further right by them, unless the policy says so, and only where it says so.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Benchmark, BenchmarkSet, BenchmarkSpec } from '../../operator/api/types.ts';
import { rightsIn } from '../../operator/benchmark/policy.ts';
import { text } from '../integration/requests.ts';
import { Author } from './author.ts';
import { type Conduct, watchConduct } from './conduct.ts';
import { attempted, everything, unknownFields, unsoundValues } from './forbidden.ts';
import { RealCluster } from './real-cluster.ts';
import { install } from './release.ts';
import type { Space } from './space.ts';

const apiVersion = 'assay.dev/v1alpha1';

let cluster: RealCluster;
let conduct: Conduct;
let author: Author;
let closed: Space;
/** Where the policy is opened, and the namespace's pod security with it. */
let open: Space;
/** Where only the policy is opened. */
let strict: Space;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  [closed, open, strict] = [await cluster.space('closed'), await cluster.space('open', {}), await cluster.space('strict')];
  await install(cluster);
  conduct = await watchConduct(cluster);
  author = await Author.create(cluster, closed);
  for (const space of [closed, open, strict]) {
    await author.mayCreateIn(space);
    // What an author may want to get at.
    await space.kubectl(['create', 'serviceaccount', 'powerful']);
    await space.kubectl(['create', 'secret', 'generic', 'password', '--from-literal=word=1234']);
    await space.kubectl(['create', 'configmap', 'settings', '--from-literal=a=b']);
  }
}, 300_000);

afterAll(async () => {
  await author?.remove();
  await cluster?.close();
}, 60_000);

function benchmark(name: string, spec: object): Benchmark {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return { apiVersion, kind: 'Benchmark', metadata: { name }, spec: spec as BenchmarkSpec };
}

function set(name: string, spec: BenchmarkSet['spec']): BenchmarkSet {
  return { apiVersion, kind: 'BenchmarkSet', metadata: { name }, spec };
}

function nameOf(index: number): string {
  return `try-${index}`;
}

/** The field that asks for the right alone, as a path of a matrix and its value. */
function coordinateOf({ network = {}, pod = {}, roles = {}, ...spec }: BenchmarkSpec): Record<string, unknown> {
  const { sleep: _, ...fields } = spec;
  const blocks = Object.entries({ network, pod, roles });
  return Object.fromEntries([
    ...Object.entries(fields),
    ...blocks.flatMap(([block, inner]) => Object.entries(inner).map(([name, value]) => [`${block}.${name}`, value])),
  ]);
}

function accepted({ status }: Pick<Benchmark | BenchmarkSet, 'status'>): { value: string; reason: string; message: string } {
  const { status: value = '', reason = '', message = '' } = status?.conditions?.find(({ type }) => type === 'Accepted') ?? {};
  return { value, reason, message };
}

async function podCreations(space: Space): Promise<string[]> {
  return (await space.writes())
    .filter(({ verb, object, code }) => verb === 'create' && object.startsWith('pods') && code === 201)
    .map(text);
}

describe('the author', () => {
  test.each([
    [['create', 'configmap', 'mine'], 'cannot create resource "configmaps"'],
    [['run', 'mine', '--image=sh'], 'cannot create resource "pods"'],
    [['get', 'secret', 'password'], 'cannot get resource "secrets"'],
    [['get', 'benchmarks'], 'cannot list resource "benchmarks"'],
  ])('may not %j', async (args, refusal) => {
    expect(await author.kubectl(closed, args)).toMatchObject({ code: 1, stderr: expect.stringContaining(refusal) });
  });

  test('may create a Benchmark, which runs', async () => {
    expect(await author.create(closed, [benchmark('plain', { sleep: {} })])).toMatchObject({ code: 0 });
    await closed.untilPhase('plain', 'Succeeded', 60_000);
  }, 70_000);
});

describe('with the policy that the chart has', () => {
  let podsBefore: string[];

  test('the table tries every right that the policy knows', () => {
    expect(new Set(attempted.map(({ right }) => right))).toEqual(new Set(Object.keys(rightsIn('any'))));
  });

  describe('a Benchmark that asks for', () => {
    beforeAll(async () => {
      podsBefore = await podCreations(closed);
      await author.create(
        closed,
        attempted.map(({ spec }, index) => benchmark(nameOf(index), spec)),
      );
      await closed.wait(
        attempted.map((_, index) => `bm/${nameOf(index)}`),
        'condition=Failed',
        60,
      );
    }, 90_000);

    test.each(attempted.map(({ right, path }, index) => ({ right, path, index })))(
      '$right by $path is not accepted, and told what an administrator can do',
      async ({ right, path, index }) => {
        const told = accepted(await closed.benchmark(nameOf(index)));
        expect(told).toMatchObject({ value: 'False', reason: 'NotAllowed', message: expect.stringContaining(`${path}: `) });
        expect(told.message).toContain(` with policy.${right}: `);
      },
    );
  });

  describe('a BenchmarkSet that asks', () => {
    const inTemplate = attempted.map(({ spec }, index) => set(`template-${index}`, { template: { spec } }));
    const inMatrix = attempted.map(({ spec }, index) =>
      set(`matrix-${index}`, { template: { spec: { sleep: { duration: '1s' } } }, matrix: { explicit: [coordinateOf(spec)] } }),
    );
    let members: Map<string, Benchmark[]>;

    beforeAll(async () => {
      expect(await author.create(closed, [...inTemplate, ...inMatrix])).toMatchObject({ code: 0 });
      await closed.wait(['bms', '--all'], 'jsonpath={.status.finishedAt}', 90);
      members = Map.groupBy(await closed.benchmarks(), ({ metadata }) => metadata.labels?.['assay.dev/set'] ?? '');
    }, 120_000);

    test.each([...inTemplate, ...inMatrix].map(({ metadata: { name } }) => name))('%s gets nowhere', async (name) => {
      const own = members.get(name) ?? [];
      const told = [await closed.set(name), ...own].map(accepted);
      expect(told).toContainEqual({ value: 'False', reason: 'NotAllowed', message: expect.stringContaining('policy.') });
      expect(own.filter(({ status }) => status?.phase !== 'Failed')).toEqual([]);
    });
  });

  describe('a field that no Benchmark has', () => {
    test.each(unknownFields)('%s: is refused, as kubectl does by default', async (_, spec) => {
      const { code, stderr } = await author.create(closed, [benchmark('unknown', spec)]);
      expect([code, stderr]).toEqual([1, expect.stringMatching(/unknown field|Invalid value|Required value/)]);
    });

    test.each(unknownFields)('%s: is dropped or refused when validation is switched off', async (_, spec) => {
      const name = `ignored-${unknownFields.findIndex(([, other]) => other === spec)}`;
      const { code } = await author.create(closed, [benchmark(name, { ...spec, suspend: true })], '--validate=ignore');
      if (code !== 0) return;
      const { pod = {} } = (await closed.benchmark(name)).spec;
      expect([{}, { securityContext: {} }]).toContainEqual(pod);
    });
  });

  test.each(unsoundValues)(
    '%s is refused',
    async (what, spec) => {
      const name = `unsound-${unsoundValues.findIndex(([other]) => other === what)}`;
      const { code } = await author.create(closed, [benchmark(name, spec)]);
      if (code !== 0) return;
      const { status } = await closed.untilPhase(name, 'Failed', 30_000);
      expect(status?.conditions?.find(({ type }) => type === 'Failed')?.reason).toBe('InvalidSpec');
    },
    40_000,
  );

  test('no pod was made for any of them', async () => {
    const made = (await podCreations(closed)).filter((one) => !podsBefore.includes(one));
    expect([made, (await closed.pods()).map(({ metadata }) => metadata.name)]).toEqual([[], []]);
  });
});

describe('with a policy that is open for some namespaces', () => {
  beforeAll(async () => {
    await install(cluster, { policy: { namespaces: { [open.name]: everything, [strict.name]: everything } } });
    for (const space of [open, strict, closed]) {
      const made = attempted.map(({ spec }, index) => benchmark(`again-${index}`, { ...spec, placement: { exclusive: 'None' } }));
      expect(await author.create(space, made)).toMatchObject({ code: 0 });
    }
  }, 200_000);

  test.each(attempted.map(({ right, path }, index) => ({ right, path, index })))(
    '$right by $path is granted there',
    async ({ right, index }) => {
      // The cluster has no Multus: of an attachment that is granted, the run finds out that it is not there.
      const phase = right === 'networks' ? 'Failed' : 'Succeeded';
      expect(accepted(await open.untilPhase(`again-${index}`, phase, 120_000)).value).toBe('True');
    },
    130_000,
  );

  test("a pod in the host's network has the node's address", async () => {
    const index = attempted.findIndex(({ right }) => right === 'hostNetwork');
    const { status } = await open.benchmark(`again-${index}`);
    const [pod] = status?.attempts?.at(-1)?.pods ?? [];
    expect(pod?.ip).toBe(cluster.machine.nodes.find(({ name }) => name === pod?.node)?.addresses.IPv4);
  });

  test.each(attempted.map(({ right, path }, index) => ({ right, path, index })))(
    '$right by $path is not allowed elsewhere',
    async ({ index }) => {
      expect(accepted(await closed.untilPhase(`again-${index}`, 'Failed', 60_000))).toMatchObject({ value: 'False', reason: 'NotAllowed' });
    },
    70_000,
  );

  test("the namespace's own pod security holds against the policy", async () => {
    const index = attempted.findIndex(({ right }) => right === 'hostNetwork');
    const { status } = await strict.untilPhase(`again-${index}`, 'Failed', 60_000);
    const told = status?.conditions?.find(({ type }) => type === 'Failed');
    expect(told).toMatchObject({ reason: 'NotAllowed', message: expect.stringContaining('violates PodSecurity "restricted') });
  }, 70_000);
});

test('the operator met no refusal of rights', async () => {
  expect(await conduct.refused()).toEqual([]);
});
