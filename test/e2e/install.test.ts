// The life of a release: from nothing, through an upgrade while a benchmark runs, to nothing, and back.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Lease } from '../../operator/kube/lease.ts';
import { leases } from '../../operator/kube/object.ts';
import { until } from '../integration/until.ts';
import { type Conduct, watchConduct } from './conduct.ts';
import { RealCluster } from './real-cluster.ts';
import { install, operatorName, operatorPods, releaseName, releaseNamespace, uninstall } from './release.ts';
import { newSince, snapshot } from './snapshot.ts';
import type { Space } from './space.ts';

let cluster: RealCluster;
let space: Space;
/** The cluster without Assay. */
let before: Set<string>;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  await clear();
  space = await cluster.space('install', {});
  before = await snapshot(cluster);
}, 240_000);

afterAll(() => cluster?.close(), 60_000);

/** Whatever other suites left of Assay. */
async function clear(): Promise<void> {
  await uninstall(cluster);
  await cluster.kubectl(['delete', 'crd', 'benchmarks.assay.dev', 'benchmarksets.assay.dev', '--ignore-not-found', '--timeout=90s']);
  await cluster.kubectl(['delete', 'namespace', releaseNamespace, '--ignore-not-found', '--timeout=90s']);
}

const nap = (name: string, duration: string, more: object = {}) => ({
  apiVersion: 'assay.dev/v1alpha1',
  kind: 'Benchmark',
  metadata: { name },
  spec: { sleep: { duration }, placement: { exclusive: 'None' }, ...more },
});

async function apply(object: object): Promise<void> {
  await space.kubectl(['apply', '--filename', '-'], JSON.stringify(object));
}

describe('from nothing', () => {
  let conduct: Conduct;

  test('KP-46 in pods, by their account, two replicas become ready, and one of them leads', async () => {
    await install(cluster, { operator: { replicas: 2 } });
    conduct = await watchConduct(cluster);
    const pods = await operatorPods(cluster);
    expect(pods.map(({ status }) => status?.containerStatuses?.map(({ ready }) => ready))).toEqual([[true], [true]]);
    const { spec } = await until('a leader', async () => {
      const lease = await cluster.client.get<Lease>(leases, { namespace: releaseNamespace, name: operatorName });
      return lease.spec.holderIdentity ? lease : undefined;
    });
    expect(pods.map(({ metadata }) => metadata.name)).toContain(spec.holderIdentity?.replace(/_.*/, ''));
  }, 150_000);

  test('helm test runs a benchmark, and leaves nothing of it', async () => {
    const there = await snapshot(cluster);
    const said = await cluster.helm(['test', releaseName, '--namespace', releaseNamespace, '--timeout', '120s']);
    expect(said).toMatch(/Phase: +Succeeded/);
    await until(
      'nothing left of helm test',
      async () => ((await newSince(cluster, there)).length === 0 ? true : undefined),
      60_000,
      async () => (await newSince(cluster, there)).join('\n'),
    );
  }, 200_000);

  test('kubectl explains every parameter', async () => {
    const said = await cluster.kubectl(['explain', 'benchmark.spec.iperf.streams']);
    expect(said).toMatch(/FIELD: streams <integer>[^]*Parallel connections\./);
  });

  test('kubectl prints the columns of a benchmark that ran', async () => {
    await apply(nap('columns', '1s'));
    await space.wait(['bm/columns'], 'condition=Complete', 60);
    const [head = '', row = ''] = (await space.kubectl(['get', 'bm', 'columns'])).split('\n');
    expect([head.trim().split(/ +/), row]).toEqual([
      ['NAME', 'WORKLOAD', 'PHASE', 'SUMMARY', 'AGE'],
      expect.stringMatching(/^columns +sleep +Succeeded +1\.\d+ s +\d+s/),
    ]);
  }, 70_000);

  test.each([
    ['a value', { iperf: { streams: 0 } }, /spec\.iperf\.streams: Invalid value: 0/],
    ['a type', { iperf: { streams: 'many' } }, /spec\.iperf\.streams: Invalid value: "string"/],
    ['a field', { iperf: { strems: 4 } }, /unknown field "spec\.iperf\.strems"/],
    ['two workloads', { iperf: {}, fio: {} }, /exactly one/],
    ['UDP without a rate', { iperf: { protocol: 'UDP' } }, /spec\.iperf\.bitrate: .*UDP needs bitrate/],
  ])('a wrong benchmark is refused at once with its place: %s', async (_, spec, words) => {
    const object = { apiVersion: 'assay.dev/v1alpha1', kind: 'Benchmark', metadata: { name: 'wrong' }, spec };
    const { code, stderr } = await cluster.tryKubectl(['apply', '--namespace', space.name, '--filename', '-'], {
      input: JSON.stringify(object),
    });
    expect([code, stderr]).toEqual([1, expect.stringMatching(words)]);
  });

  test('the operators met no refusal and were not restarted', async () => {
    expect([await conduct.refused(), await conduct.restarts()]).toEqual([[], []]);
  });
});

describe('an upgrade while a benchmark runs', () => {
  beforeAll(async () => {
    await apply(nap('through', '25s'));
    await space.untilPod(
      'its pod runs',
      ({ metadata, status }) => metadata.name === 'through-sleeper-0' && status?.phase === 'Running',
      60_000,
    );
    await install(cluster, {
      operator: { replicas: 1, logLevel: 'warn' },
      policy: { namespaces: { [space.name]: { hostNetwork: true } } },
    });
  }, 250_000);

  test('KP-43 does not touch the run', async () => {
    await space.wait(['bm/through'], 'condition=Complete', 90);
    const { status } = await space.benchmark('through');
    expect(status?.attempts).toMatchObject([{ index: 0, outcome: 'Succeeded', pods: [{ name: 'through-sleeper-0' }] }]);
  }, 100_000);

  test('changes the number of replicas', async () => {
    await until('one operator', async () => ((await operatorPods(cluster)).length === 1 ? true : undefined), 60_000);
  }, 70_000);

  test('changes the policy', async () => {
    await apply(nap('host', '1s', { network: { host: true } }));
    await space.wait(['bm/host'], 'condition=Complete', 60);
  }, 70_000);

  test('changes the log level', async () => {
    expect(await cluster.kubectl(['logs', `deployment/${operatorName}`, '--namespace', releaseNamespace])).not.toContain('"level":"info"');
  });
});

describe('helm uninstall', () => {
  beforeAll(async () => {
    await apply(nap('orphan', '20s'));
    await space.untilPod(
      'its pod runs',
      ({ metadata, status }) => metadata.name === 'orphan-sleeper-0' && status?.phase === 'Running',
      60_000,
    );
    await uninstall(cluster);
    // Helm waits for the Deployment; its pods end in their own time.
    await until('no operator', async () => ((await operatorPods(cluster)).length === 0 ? true : undefined), 40_000);
  }, 180_000);

  test('keeps the definitions and the figures, and nothing else', async () => {
    const left = (await newSince(cluster, before)).filter((one) => !one.includes(` ${space.name}/`));
    expect(new Set(left)).toEqual(
      new Set([
        'APIService /v1alpha1.assay.dev',
        'CustomResourceDefinition /benchmarks.assay.dev',
        'CustomResourceDefinition /benchmarksets.assay.dev',
        ...ofNamespace(releaseNamespace),
      ]),
    );
    expect((await space.benchmark('through')).status?.phase).toBe('Succeeded');
  });

  test('a release that is installed again takes over what ran meanwhile', async () => {
    await install(cluster, { crds: { keep: false } });
    await space.untilPhase('orphan', 'Succeeded', 90_000);
    await space.untilNoPods(60_000);
  }, 250_000);

  test('with crds.keep=false everything goes, benchmarks and their running pods with it', async () => {
    await apply(nap('doomed', '5m'));
    await space.untilPod(
      'its pod runs',
      ({ metadata, status }) => metadata.name === 'doomed-sleeper-0' && status?.phase === 'Running',
      60_000,
    );
    await uninstall(cluster);
    await space.untilNoPods(90_000);
    const gone = async () => {
      const left = (await newSince(cluster, before)).filter((one) => !ofNamespace(releaseNamespace).includes(one));
      return left.length === 0 ? true : undefined;
    };
    await until('nothing left', gone, 60_000, async () => (await newSince(cluster, before)).join('\n'));
  }, 250_000);

  test('and it can be installed once more', async () => {
    await install(cluster);
    await apply(nap('again', '1s'));
    await space.wait(['bm/again'], 'condition=Complete', 60);
  }, 250_000);
});

/** What every namespace has. */
function ofNamespace(name: string): string[] {
  return [`ConfigMap ${name}/kube-root-ca.crt`, `Namespace /${name}`, `ServiceAccount ${name}/default`];
}
