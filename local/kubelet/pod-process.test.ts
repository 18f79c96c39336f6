import { describe, expect, test } from '@jest/globals';

import { FakeClock } from '../../operator/kube/fake-clock.ts';
import { PodProcess } from './pod-process.ts';
import type { PodSpec } from './pod.ts';
import { container, folder, isAlive, namesIn, pod, sh, until } from './testing.ts';

/** A pod that runs on a clock that stands still. */
async function started(spec: Partial<PodSpec>) {
  const own = await folder();
  const clock = new FakeClock();
  let changes = 0;
  const root = `${own.path}/pod-1`;
  const running = new PodProcess(pod('one', spec), {
    root,
    address: '127.9.0.2',
    dualStack: false,
    project: '/project',
    claimFolder: (claim) => `${own.path}/claims/${claim}`,
    clock,
    onChange: () => changes++,
  });
  await running.start();
  return {
    running,
    clock,
    root,
    changes: () => changes,
    logged: (text: string) => until(() => (running.log('main', {}).includes(text) ? true : undefined)),
    ended: () => until(() => (changes > 0 && running.ended ? true : undefined)),
    [Symbol.asyncDispose]: async () => {
      await running.remove();
      await own[Symbol.asyncDispose]();
    },
  };
}

// Says "up" when it is ready to be asked to end, and ends only when it is made to.
const stubborn = sh('trap "echo asked" TERM; echo up; while :; do sleep 0.05; done');
const exitOf = ({ running }: { running: PodProcess }) => running.status.containerStatuses?.[0]?.state.terminated?.exitCode;

describe('a pod process', () => {
  test('tells each end of a container once', async () => {
    await using one = await started({ containers: [sh('true'), sh('exit 2', { name: 'side' })] });
    await until(() => (one.changes() === 2 ? true : undefined));
    expect(one.running.status.phase).toBe('Failed');
  });

  test('starts nothing when one container cannot be made', async () => {
    await using one = await started({ containers: [sh('echo started > $ASSAY_ROOT/x'), container({ name: 'bad', command: [] })] });
    expect(one.running.status.phase).toBe('Pending');
    expect(one.running.ended).toBe(true);
    expect(await namesIn(one.root)).not.toContain('x');
  });

  test.each([
    ['the working directory', container({ command: ['pwd'], workingDir: '/data' }), '/data'],
    ['the temporary folder', sh('echo $TMPDIR'), '/tmp'],
    ['the home folder', sh('echo $HOME'), ''],
  ])('puts %s below its own root', async (_, one, path) => {
    await using pods = await started({ containers: [one] });
    await pods.ended();
    expect(pods.running.log('main', {})).toBe(`${pods.root}${path}\n`);
  });

  test('puts the termination message where the container says', async () => {
    await using one = await started({ containers: [sh('printf hi > $ASSAY_ROOT/run/last', { terminationMessagePath: '/run/last' })] });
    await one.ended();
    expect(one.running.status.containerStatuses?.[0]?.state.terminated?.message).toBe('hi');
  });
});

describe('stop', () => {
  test('asks first, and makes it end after the grace', async () => {
    await using one = await started({ containers: [stubborn] });
    await one.logged('up');
    one.running.stop(10);
    await one.logged('asked');
    await one.clock.advance(9_999);
    expect(one.running.ended).toBe(false);
    await one.clock.advance(1);
    await one.ended();
    expect(exitOf(one)).toBe(137);
  });

  test('a later call can shorten the grace', async () => {
    await using one = await started({ containers: [stubborn] });
    await one.logged('up');
    one.running.stop(100);
    one.running.stop(1);
    await one.clock.advance(1000);
    await one.ended();
    expect(exitOf(one)).toBe(137);
  });

  test('a later call cannot lengthen it', async () => {
    await using one = await started({ containers: [stubborn] });
    await one.logged('up');
    one.running.stop(1);
    one.running.stop(100);
    await one.clock.advance(1000);
    await one.ended();
    expect(exitOf(one)).toBe(137);
  });

  test('asks only once, however often it is called', async () => {
    await using one = await started({ containers: [stubborn] });
    await one.logged('up');
    one.running.stop(10);
    await one.logged('asked');
    one.running.stop(5);
    one.running.stop(5);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(one.running.log('main', {}).match(/asked/g)).toHaveLength(1);
  });
});

describe('activeDeadlineSeconds', () => {
  test('stops the pod, with the grace of its specification', async () => {
    await using one = await started({ activeDeadlineSeconds: 60, terminationGracePeriodSeconds: 3, containers: [stubborn] });
    await one.logged('up');
    await one.clock.advance(60_000);
    await one.logged('asked');
    await one.clock.advance(3000);
    await one.ended();
    expect(one.running.status).toMatchObject({ phase: 'Failed', reason: 'DeadlineExceeded' });
  });

  test('fails a pod that waits for a mended specification', async () => {
    await using one = await started({ activeDeadlineSeconds: 60, containers: [container({ command: [] })] });
    await one.clock.advance(60_000);
    expect(one.running.status).toMatchObject({ phase: 'Failed', reason: 'DeadlineExceeded' });
  });

  test('does not matter to one that has ended', async () => {
    await using one = await started({ activeDeadlineSeconds: 60, containers: [sh('true')] });
    await one.ended();
    await one.clock.advance(60_000);
    expect(one.running.status).toMatchObject({ phase: 'Succeeded' });
  });
});

describe('remove', () => {
  test('ends what runs, whatever it does, and takes the folder along', async () => {
    await using one = await started({ containers: [sh('trap "" TERM; setsid sleep 30 & echo pid $!; sleep 30; sleep 30')] });
    await one.logged('pid');
    const pid = Number(/pid (\d+)/.exec(one.running.log('main', {}))?.[1]);
    await one.running.remove();
    await until(async () => ((await isAlive(pid)) ? undefined : true));
    expect(await namesIn(one.root)).toEqual([]);
  });

  test('leaves no timer behind', async () => {
    await using one = await started({ activeDeadlineSeconds: 60, containers: [stubborn] });
    await one.logged('up');
    one.running.stop(10);
    await one.running.remove();
    expect(one.clock.pending).toBe(0);
  });
});
