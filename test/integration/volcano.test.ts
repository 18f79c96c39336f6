// The backend Volcano on a real API server, from a cluster that has no Volcano to one that has its kinds, under the chart's rights.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BenchmarkSpec } from '../../operator/api/types.ts';
import { volcanoJobs } from '../../operator/backends/volcano-job.ts';
import type { VolcanoJob } from '../../operator/backends/volcano-job.ts';
import { isNotFound } from '../../operator/kube/errors.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import { customResourceDefinitions } from '../../operator/kube/object.ts';
import { only, render } from './chart.ts';
import { operatorUser, TestCluster } from './cluster.ts';
import type { TestNamespace } from './namespace.ts';
import { text } from './requests.ts';
import { volcanoDefinitions } from './scripted-volcano.ts';
import { until } from './until.ts';

let cluster: TestCluster;
let space: TestNamespace;

const spec: BenchmarkSpec = { iperf: { duration: '1s' }, backend: 'Volcano', queue: 'night' };

beforeAll(async () => {
  cluster = await TestCluster.start();
  await cluster.startKubelet();
  await cluster.startOperator();
  space = await cluster.namespace();
}, 120_000);

afterAll(() => cluster.stop(), 30_000);

/** Waits until the benchmark's progress has this reason, and words. */
async function untilProgress(name: string, reason: string, words: string): Promise<void> {
  const look = async () => {
    const { conditions = [] } = (await space.benchmark(name)).status ?? {};
    return conditions.find((one) => one.type === 'Reconciling' && one.reason === reason && one.message.includes(words));
  };
  await until(`${name} ${reason} ${words}`, look, 30_000, async () => JSON.stringify((await space.benchmark(name)).status));
}

async function job(): Promise<VolcanoJob | undefined> {
  return await cluster.client.get<VolcanoJob>(volcanoJobs, { name: 'net', namespace: space.name }).catch((error: unknown) => {
    if (isNotFound(error)) return undefined;
    throw error;
  });
}

/** As `helm upgrade --set backends.volcano=true` does. */
async function grant(): Promise<void> {
  const { rules = [] } = only(await render({ backends: { volcano: true } }, { namespace: 'default' }), 'ClusterRole', 'assay-operator');
  const metadata = { name: 'assay-volcano' };
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: metadata.name };
  const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: operatorUser }];
  await cluster.grant([
    { kind: 'ClusterRole', metadata, rules },
    { kind: 'ClusterRoleBinding', metadata, roleRef, subjects },
  ]);
}

describe('KP-45 a benchmark of Volcano', () => {
  test('without Volcano and without rights fails in time, and says what to do', async () => {
    await space.create('none', { ...spec, timeouts: { pending: '3s' } });
    const { attempts = [] } = (await space.untilPhase('none', 'Failed', 20_000)).status ?? {};
    expect(attempts).toMatchObject([
      {
        reason: 'BackendMissing',
        message: expect.stringContaining("set backends.volcano=true in the operator's chart, and install Volcano 1.10"),
      },
    ]);
  }, 30_000);

  test('with rights waits for it, and says what to install', async () => {
    await grant();
    await space.create('net', spec);
    await untilProgress('net', 'BackendMissing', 'the cluster serves no jobs.batch.volcano.sh; install Volcano 1.10');
  }, 60_000);

  test('with both goes on without a restart: one Job for all pods, and its progress', async () => {
    for (const definition of volcanoDefinitions) await cluster.client.create(customResourceDefinitions, definition as KubeObject);
    await until('the Job', job, 30_000);
    expect(await job()).toMatchObject({ spec: { minAvailable: 2, queue: 'night', schedulerName: 'volcano', maxRetry: 1 } });
    await untilProgress('net', 'Starting', "Volcano's controller has made no PodGroup for Job net");
  }, 60_000);

  test('that is cancelled deletes its Job by name and UID, with all that it holds', async () => {
    const { uid } = (await job())?.metadata ?? {};
    await space.patch('net', { cancel: true });
    await space.untilPhase('net', 'Cancelled');
    await until('a Job that is going or gone', async () => {
      const left = await job();
      return left?.metadata.uid === uid && left?.metadata.deletionTimestamp === undefined ? undefined : true;
    });
  }, 30_000);
});

test('nobody else noticed: a benchmark on plain pods runs meanwhile', async () => {
  await space.create('plain', { sleep: { duration: '1s' } });
  await space.untilPhase('plain', 'Succeeded', 20_000);
}, 30_000);

test('the only requests refused for want of a right are the looks for Volcano', async () => {
  const refused = (await cluster.missingRights()).map(text);
  expect(refused.filter((request) => !/^list (jobs|podgroups)/.test(request))).toEqual([]);
  expect(refused.length).toBeGreaterThan(0);
});
