// The operator with the flags, rights, lease and policy that the installed chart gives it, and `helm test`. Nodes of this process run
// pods; what images hold is run from this checkout.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { BenchmarkSpec } from '../../operator/api/types.ts';
import { configMaps, namespaces, pods } from '../../operator/kube/object.ts';
import type { ConfigMap } from '../../operator/results/configmap.ts';
import { Assay, type Ended } from './assay.ts';
import { only, operatorPod, type PodTemplate, render, type Values } from './chart.ts';
import { TestCluster } from './cluster.ts';
import { HelmRelease } from './helm-release.ts';
import { TestNamespace } from './namespace.ts';
import { OperatorProcess } from './operator-process.ts';
import { text } from './requests.ts';
import { until } from './until.ts';

const assay = new Assay();
const values: Values = {
  // On no node of this process: the pod of `helm test` waits for what becomes of it here.
  operator: { nodeSelector: { pool: 'system' } },
  policy: { annotations: ['mesh.k8s.io/inject'] },
};
const operatorAccount = 'system:serviceaccount:assay-system:assay-operator';
const testAccount = 'system:serviceaccount:assay-system:assay-test';

let cluster: TestCluster;
let release: HelmRelease;
let operator: OperatorProcess;
/** The command line of the test's pod. */
let command: string[];

afterAll(() => assay.remove());

const space = (name: string) => new TestNamespace(cluster, name);
const nap = (fields: Partial<BenchmarkSpec> = {}): BenchmarkSpec => ({ sleep: { duration: '10ms' }, ...fields });

/** Installs the chart, and starts the operator with what its pod would have, but for the port, of which there is one for all. */
async function install(given: Values): Promise<void> {
  for (const name of ['team-a', 'team-b', 'team-c']) await cluster.client.create(namespaces, { metadata: { name } });
  release = await HelmRelease.inNamespace(cluster, 'assay-system');
  await release.install(given);
  await release.kubectl('wait', 'crd', '--all', '--for=condition=Established', '--timeout=20s');
  const objects = await render(given);
  command = (only(objects, 'Pod').spec as PodTemplate['spec']).containers[0]?.command ?? [];
  const flags = operatorPod(objects).spec.containers[0]?.args ?? [];
  const { kubeconfig } = await cluster.controlPlane.user(operatorAccount);
  const policy = await mounted('assay-policy', 'policy.yaml');
  operator = await OperatorProcess.start(kubeconfig, [...flags, `--policy=${policy}`, '--health-port=0']);
  await operator.untilLogged('leading');
}

/** A file of a ConfigMap, where a process of this machine can read it. @returns its path */
async function mounted(name: string, file: string): Promise<string> {
  const { data } = await cluster.client.get<ConfigMap>(configMaps, { namespace: release.namespace, name });
  return assay.file(file, parse(data?.[file] ?? '') as object);
}

/** Plays the node of the test's pod. @param act what happens in the pod @returns how that ended, and what Helm says or its error */
async function helmTest(act: () => Promise<Ended>): Promise<{ ended: Ended; helm: string }> {
  const helm = release.test(60).catch((error: unknown) => String(error));
  const pod = { namespace: release.namespace, name: 'assay-test' };
  await until('the pod of the test', () => cluster.client.get(pods, pod).catch(() => undefined));
  const ended = await act();
  const status = { phase: ended.code === 0 ? 'Succeeded' : 'Failed' };
  await cluster.client.patch(pods, pod, { status }, { type: 'merge', subresource: 'status' });
  return { ended, helm: await helm };
}

/** The program of the test's pod, with the pod's account. */
async function follow(): Promise<Ended> {
  const { kubeconfig } = await cluster.controlPlane.user(testAccount);
  const words = command.filter((word) => !word.startsWith('--context='));
  return await runHere(words, await mounted('assay-test', 'benchmark.yaml'), ['--kubeconfig', kubeconfig]);
}

/** A command line of the image, with a file of this machine. */
async function runHere([, , ...words]: string[], file: string, more: string[] = []): Promise<Ended> {
  return await assay.run([...words.map((word) => (word.endsWith('.yaml') ? file : word)), ...more]);
}

async function untilGone(): Promise<void> {
  let left: string[] = [];
  const look = async () => {
    left = (await release.everything()).filter((object) => object.includes('assay-test'));
    return left.length === 0 ? true : undefined;
  };
  await until('everything of the test is gone', look, 90_000, async () => left.join());
}

describe.each<[what: string, values: Values, tested: string]>([
  ['all namespaces', values, 'assay-system'],
  ['listed namespaces', { ...values, namespaces: ['team-a', 'team-b'] }, 'team-a'],
])('an operator of %s', (_, given, tested) => {
  beforeAll(async () => {
    cluster = await TestCluster.start({ bare: true });
    await cluster.startKubelet();
    await install(given);
    await cluster.controlPlane.startControllers();
  }, 180_000);

  afterAll(async () => {
    await operator?.kill();
    await cluster?.stop();
  }, 60_000);

  test.each(['team-a', 'team-b'])(
    'runs what is asked for in %s',
    async (name) => {
      await space(name).createSet('naps', { template: { spec: nap() }, repetitions: 2 });
      await space(name).untilSetPhase('naps', 'Succeeded');
      expect((await space(name).summary('naps-results')).runs).toMatchObject({ counted: 2 });
    },
    60_000,
  );

  test('allows what the policy of the values allows', async () => {
    await space('team-a').create('allowed', nap({ pod: { annotations: { 'mesh.k8s.io/inject': 'false' } } }));
    await space('team-a').untilPhase('allowed', 'Succeeded');
    await space('team-a').create('refused', nap({ pod: { annotations: { 'seccomp.k8s.io/pod': 'unconfined' } } }));
    const { status } = await space('team-a').untilPhase('refused', 'Failed');
    expect(status?.conditions).toContainEqual(expect.objectContaining({ type: 'Accepted', status: 'False', reason: 'NotAllowed' }));
  }, 60_000);

  describe('helm test', () => {
    test('passes when its benchmark has ended well, and leaves nothing', async () => {
      const { ended, helm } = await helmTest(follow);
      expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('assay-test') });
      expect(helm).toMatch(/Phase: +Succeeded/);
      await untilGone();
    }, 180_000);

    test('fails when its benchmark did not, with the reason, and leaves nothing', async () => {
      // Held until the benchmark is cancelled, which would else have ended well before.
      operator.signal('SIGSTOP');
      const { ended, helm } = await helmTest(async () => {
        await space(tested).patch('assay-test', { cancel: true });
        operator.signal('SIGCONT');
        return await follow();
      });
      expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('Benchmark assay-test was cancelled') });
      expect(helm).toContain('pod assay-test failed');
      await untilGone();
    }, 180_000);

    test('does not run its benchmark in itself where it cannot reach the cluster', async () => {
      const benchmark = { apiVersion: 'assay.dev/v1alpha1', kind: 'Benchmark', metadata: { name: 'a' }, spec: nap() };
      const ended = await runHere(command, assay.file('alone.yaml', benchmark));
      expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot read the kubeconfig') });
    }, 30_000);
  });

  test.each([operatorAccount, testAccount])('KP-42 %s was refused nothing', async (account) => {
    expect((await cluster.missingRights(account)).map(text)).toEqual([]);
  });
});

test('in a namespace that is not listed nothing is run, nor asked for', async () => {
  cluster = await TestCluster.start({ bare: true });
  try {
    await install({ ...values, namespaces: ['team-a'] });
    await space('team-c').create('alone', nap());
    await space('team-a').create('served', nap());
    // The one that is served waits for a node; by then the other one would have a status, too.
    await until('a status in team-a', async () => (await space('team-a').benchmark('served')).status?.phase);
    const { status } = await space('team-c').benchmark('alone');
    expect({ status, asked: await cluster.operatorRequests('team-c', operatorAccount) }).toEqual({ status: undefined, asked: [] });
  } finally {
    await operator?.kill();
    await cluster.stop();
  }
}, 180_000);
