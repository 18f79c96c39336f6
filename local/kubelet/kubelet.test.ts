import { describe, expect, test } from '@jest/globals';

import { nodes, persistentVolumeClaims, pods } from '../../operator/kube/object.ts';
import { decodeFrame } from '../../measure/frame.ts';
import { ProcessKubelet } from './kubelet.ts';
import type { Pod } from './pod.ts';
import { cluster, container, endingOf, isAlive, namesIn, pod, sh, until } from './testing.ts';

function pidIn(log: string): number {
  const [, pid] = /pid (\d+)/.exec(log) ?? [];
  if (pid === undefined) throw new Error(`no process told its number: ${log}`);
  return Number(pid);
}

describe('a pod', () => {
  test('runs and ends, with its address and times', async () => {
    await using one = await cluster();
    const { pod: ended, ending } = await one.run(pod());
    expect(ended.status).toMatchObject({ phase: 'Succeeded', podIP: expect.stringMatching(/^127\./), startTime: expect.any(String) });
    expect(ended.spec.nodeName).toBe('local-1');
    expect(ending).toMatchObject({ exitCode: 0, reason: 'Completed' });
  });

  test('that fails says how', async () => {
    await using one = await cluster();
    const { pod: ended, ending } = await one.run(pod('one', { containers: [sh('printf why > $ASSAY_ROOT/dev/termination-log; exit 3')] }));
    expect(ended.status?.phase).toBe('Failed');
    expect(ending).toMatchObject({ exitCode: 3, reason: 'Error', message: 'why' });
  });

  test('whose program is missing fails by name', async () => {
    await using one = await cluster();
    const { ending } = await one.run(pod('one', { containers: [container({ command: ['no-such-tool'] })] }));
    expect(ending).toMatchObject({ reason: 'StartError', message: expect.stringContaining('"no-such-tool"') });
  });

  test.each<[string, Partial<Pod['spec']>, string]>([
    ['a container without command', { containers: [container({ command: [] })] }, 'container main has no command'],
    ['an init container', { initContainers: [container({ name: 'first' })] }, 'init containers are not run in local mode'],
    ['a variable from nowhere', { containers: [container({ env: [{ name: 'A', valueFrom: {} }] })] }, 'variable A: only value'],
  ])('with %s waits, and says for what', async (_, spec, message) => {
    await using one = await cluster();
    await one.create(pod('one', spec));
    const waiting = await until(async () => (await one.get())?.status?.containerStatuses?.[0]?.state.waiting);
    expect(waiting).toEqual({ reason: 'CreateContainerConfigError', message: expect.stringContaining(message) });
    expect((await one.get())?.status?.phase).toBe('Pending');
  });

  test('sees its environment and a folder of its own, and nothing of ours', async () => {
    await using one = await cluster();
    const env = [
      { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      { name: 'ASSAY_ROOT', value: '/elsewhere' },
    ];
    process.env['SECRET_OF_THE_USER'] = 'x';
    const { pod: ended } = await one.run(pod('one', { containers: [container({ command: ['env'], env })] }));
    delete process.env['SECRET_OF_THE_USER'];
    const log = await one.log();
    expect(log).toContain(`POD_IP=${ended.status?.podIP}\n`);
    expect(log).toContain(`ASSAY_ROOT=${one.root}/`);
    expect(log).not.toContain('SECRET_OF_THE_USER');
  });

  test('runs a real agent to a verified result', async () => {
    await using one = await cluster();
    const key = '7a'.repeat(32);
    const task = { argv: ['sleep', '0.1'], measures: true, deadline: 20 };
    const assignment = { version: 1, workload: 'sleep', role: 'sleeper', parameters: { duration: '100ms' }, task, key, output: 'Never' };
    const agent = container({
      command: ['node', '/app/runners/agent/main.ts'],
      env: [{ name: 'ASSAY_TASK', value: JSON.stringify(assignment) }],
    });
    const { ending } = await one.run(pod('one', { containers: [agent] }));
    expect(decodeFrame(ending.message ?? '', key)).toMatchObject({
      frame: 'Verified',
      record: { outcome: 'Succeeded', workload: 'sleep' },
    });
  });

  test('keeps its log until its object is gone', async () => {
    await using one = await cluster();
    await one.run(pod('one', { containers: [sh('echo hello')] }));
    expect(await one.log()).toBe('hello\n');
    const old = await one.get();
    await one.remove();
    await one.gone();
    await until(() => (old && one.kubelet.log(old, { container: 'main' }) === '' ? true : undefined));
  });

  test('of two containers ends when both have', async () => {
    await using one = await cluster();
    const { pod: ended } = await one.run(pod('one', { containers: [sh('sleep 0.3; exit 1'), sh('true', { name: 'side' })] }));
    expect(ended.status?.phase).toBe('Failed');
    expect(ended.status?.containerStatuses?.map(({ state }) => state.terminated?.exitCode)).toEqual([1, 0]);
  });

  test('past activeDeadlineSeconds is stopped', async () => {
    await using one = await cluster();
    const { pod: ended, ending } = await one.run(
      pod('one', { activeDeadlineSeconds: 1, containers: [container({ command: ['sleep', '30'] })] }),
    );
    expect(ended.status).toMatchObject({ phase: 'Failed', reason: 'DeadlineExceeded' });
    expect(ending.signal).toBe(15);
  });

  test('takes two status writes', async () => {
    await using one = await cluster();
    const created = await one.create(pod('one', { containers: [sh('sleep 0.2')] }));
    const versions = new Set<string>();
    const events = await one.client.watch(pods, { resourceVersion: created.metadata.resourceVersion ?? '' }, AbortSignal.timeout(2000));
    for await (const event of events) {
      const { object } = event as { object: Pod };
      versions.add(`${object.metadata.resourceVersion} ${object.status?.phase}`);
      if (object.status?.phase === 'Succeeded') break;
    }
    expect([...versions].map((version) => version.split(' ')[1])).toEqual(['Pending', 'Running', 'Succeeded']);
  });
});

describe('deletion', () => {
  test('stops the process and removes the object, address and folder', async () => {
    await using one = await cluster();
    await one.create(pod('one', { containers: [sh('echo pid $$; sleep 30')] }));
    await until(async () => ((await one.get())?.status?.phase === 'Running' && (await one.log()).includes('pid') ? true : undefined));
    const pid = pidIn(await one.log());
    await one.remove();
    await one.gone();
    expect(await isAlive(pid)).toBe(false);
    await until(async () => ((await podFolders(one.root)).length === 0 ? true : undefined));
  });

  test('gives the process its grace, and then no more', async () => {
    await using one = await cluster();
    await one.create(pod('one', { containers: [sh('trap "echo asked" TERM; echo up; while :; do sleep 0.1; done')] }));
    await until(async () => ((await one.get())?.status?.phase === 'Running' && (await one.log()).includes('up') ? true : undefined));
    const start = Date.now();
    await one.remove('one', 1);
    await one.gone();
    expect(Date.now() - start).toBeGreaterThanOrEqual(900);
    expect(Date.now() - start).toBeLessThan(5000);
  });

  test('reports the end before the object goes', async () => {
    await using one = await cluster();
    await one.create(pod('one', { containers: [sh('trap "exit 5" TERM; echo up; while :; do sleep 0.05; done')] }));
    await until(async () => ((await one.get())?.status?.phase === 'Running' && (await one.log()).includes('up') ? true : undefined));
    const events = await one.client.watch(pods, { resourceVersion: '0' }, AbortSignal.timeout(5000));
    await one.remove();
    let last: Pod | undefined;
    for await (const event of events) {
      const { type, object } = event as { type: string; object: Pod };
      if (type === 'DELETED') break;
      last = object;
    }
    expect(last && endingOf(last).exitCode).toBe(5);
  });

  test('by force ends the process as well', async () => {
    await using one = await cluster();
    await one.create(pod('one', { containers: [sh('trap "" TERM; echo pid $$; sleep 30; sleep 30')] }));
    await until(async () => ((await one.get())?.status?.phase === 'Running' && (await one.log()).includes('pid') ? true : undefined));
    const pid = pidIn(await one.log());
    await one.remove('one', 0);
    await until(async () => ((await isAlive(pid)) ? undefined : true));
  });

  test('of a pod that waits for a mended specification needs no process', async () => {
    await using one = await cluster();
    await one.create(pod('one', { containers: [container({ command: [] })] }));
    await until(async () => (await one.get())?.status?.containerStatuses);
    await one.remove();
    await one.gone();
  });

  test('makes room for a successor of the same name', async () => {
    await using one = await cluster();
    await one.run(pod('one', { containers: [sh('echo first')] }));
    await one.remove();
    await one.gone();
    await one.run(pod('one', { containers: [sh('echo second')] }));
    expect(await one.log()).toBe('second\n');
  });
});

/** The folders of pods below the folder of the only kubelet in `root`. */
async function podFolders(root: string): Promise<string[]> {
  const [own = ''] = await namesIn(root);
  return (await namesIn(`${root}/${own}`)).filter((name) => name.startsWith('pod-'));
}

describe('what a container started', () => {
  test('does not outlive it, even in a session of its own', async () => {
    await using one = await cluster();
    await one.run(pod('one', { containers: [sh('setsid sleep 30 >/dev/null 2>&1 & echo pid $!')] }));
    const pid = pidIn(await one.log());
    await until(async () => ((await isAlive(pid)) ? undefined : true));
  });
});

describe('scheduling', () => {
  const apart = {
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector: { matchLabels: { app: 'x' } }, topologyKey: 'kubernetes.io/hostname' },
        ],
      },
    },
  };
  const lonely = (name: string) => pod(name, { ...apart, containers: [container({ command: ['sleep', '30'] })] }, { labels: { app: 'x' } });

  test('pods created at once do not end up where they must not', async () => {
    await using one = await cluster();
    await Promise.all([one.create(lonely('one')), one.create(lonely('two'))]);
    const placed = await Promise.all([one.inPhase('Running', 'one'), one.inPhase('Running', 'two')]);
    expect(new Set(placed.map(({ spec }) => spec.nodeName))).toEqual(new Set(['local-1', 'local-2']));
  });

  test('a pod that no node fits says why, and gets its place when one is free', async () => {
    await using one = await cluster({ nodes: ['only'] });
    await one.create(lonely('one'));
    await one.inPhase('Running', 'one');
    await one.create(lonely('two'));
    const condition = await until(async () => (await one.get('two'))?.status?.conditions?.find(({ type }) => type === 'PodScheduled'));
    expect(condition).toMatchObject({
      status: 'False',
      reason: 'Unschedulable',
      message: "0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules.",
    });
    await one.remove('one');
    await one.inPhase('Running', 'two');
  });

  test('a pod without its claim waits for it', async () => {
    await using one = await cluster();
    const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'disk' } }];
    await one.create(
      pod('one', { volumes, containers: [sh('echo kept > $ASSAY_ROOT/data/x', { volumeMounts: [{ name: 'data', mountPath: '/data' }] })] }),
    );
    const condition = await until(async () => (await one.get())?.status?.conditions?.[0]);
    expect(condition.message).toBe('0/2 nodes are available: persistentvolumeclaim "disk" not found.');
    await one.client.create(persistentVolumeClaims, { metadata: { name: 'disk', namespace: 'default' } });
    await one.inPhase('Succeeded');
    const reader = sh('cat $ASSAY_ROOT/data/x', { volumeMounts: [{ name: 'data', mountPath: '/data' }] });
    await one.run(pod('two', { volumes, containers: [reader] }));
    expect(await one.log('two')).toBe('kept\n');
  });

  test('a claim that is gone takes its files along', async () => {
    await using one = await cluster();
    const [own = ''] = await namesIn(one.root);
    await one.client.create(persistentVolumeClaims, { metadata: { name: 'disk', namespace: 'default' } });
    const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'disk' } }];
    await one.run(pod('one', { volumes, containers: [container({ volumeMounts: [{ name: 'data', mountPath: '/data' }] })] }));
    expect(await namesIn(`${one.root}/${own}/claims/default`)).toEqual(['disk']);
    await one.client.delete(persistentVolumeClaims, { namespace: 'default', name: 'disk' });
    await until(async () => ((await namesIn(`${one.root}/${own}/claims/default`)).length === 0 ? true : undefined));
  });

  test('a pod of a node elsewhere is left alone', async () => {
    await using one = await cluster();
    await one.create(pod('foreign', { nodeName: 'worker-7' }));
    await one.run(pod('mine'));
    expect((await one.get('foreign'))?.status?.startTime).toBeUndefined();
  });
});

describe('stop', () => {
  test('ends every process and leaves neither nodes nor files', async () => {
    await using one = await cluster();
    await one.create(pod('one', { containers: [sh('trap "" TERM; echo pid $$; setsid sleep 31 & sleep 30; sleep 30')] }));
    await until(async () => ((await one.get())?.status?.phase === 'Running' && (await one.log()).includes('pid') ? true : undefined));
    const pid = pidIn(await one.log());
    await one.kubelet.stop();
    expect(await isAlive(pid)).toBe(false);
    expect((await one.client.list(nodes)).items).toEqual([]);
    expect(await namesIn(one.root)).toEqual([]);
  });

  test('works before anything was started', async () => {
    await using one = await cluster();
    await expect(new ProcessKubelet({ client: one.client, root: one.root }).stop()).resolves.toBeUndefined();
  });

  test('a later kubelet says what became of the pods of the one before', async () => {
    await using one = await cluster();
    await one.create(pod('one', { containers: [container({ command: ['sleep', '30'] })] }));
    await one.inPhase('Running');
    await one.kubelet.stop();
    const next = new ProcessKubelet({ client: one.client, root: one.root });
    await next.start();
    const failed = await one.inPhase('Failed');
    await next.stop();
    expect(failed.status).toMatchObject({ reason: 'NodeLost', message: expect.stringContaining('kubelet that ran this pod has ended') });
  });
});
