import { describe, expect, test } from '@jest/globals';
import { launchRoles } from './plan.ts';
import { workdir } from './ranks.ts';
import { ranks } from './testing.ts';

describe('a run over several nodes', () => {
  const [worker, launcher] = launchRoles(ranks({ nodes: 3 }), { argv: ['mpirun'], deadline: 90 });

  test('has a launcher, which comes after the workers and whose end ends it', () => {
    expect(launcher).toMatchObject({
      name: 'launcher',
      replicas: 1,
      after: ['worker'],
      ends: true,
      task: { measures: true, deadline: 90 },
    });
  });

  test('has a worker on each other node, which lasts as long as it', () => {
    expect(worker).toMatchObject({ name: 'worker', replicas: 2, ends: false, task: { measures: false } });
    expect(worker).not.toHaveProperty('after');
    expect(worker?.task.deadline).toBeUndefined();
  });

  test('waits until the workers serve', () => {
    expect(worker?.task).toMatchObject({ listens: { protocol: 'TCP', port: 5200 }, readyPort: 5201 });
    expect(launcher?.task).toMatchObject({ waitFor: [{ role: 'worker', port: 5201 }], waitLimit: 120 });
  });

  test('KP-49 shares a token, and neither a key nor a daemon of root', () => {
    expect([launcher?.task.usesToken, worker?.task.usesToken]).toEqual([true, true]);
    expect(JSON.stringify([worker, launcher])).not.toMatch(/ssh|allow-run-as-root/);
  });

  test('starts nothing on a worker but the daemon of its MPI', () => {
    const intel = launchRoles(ranks({ flavour: 'IntelMPI' }), { argv: ['mpiexec.hydra'] });
    const serve = ['node', { script: 'launch/serve.ts' }, { address: 'self' }, '5200'];
    expect(worker?.task.argv).toEqual([...serve, 'orted']);
    expect(intel[0]?.task.argv).toEqual([...serve, 'hydra_bstrap_proxy']);
  });

  test('runs in the same folder everywhere, with the same settings', () => {
    expect([launcher?.task.workdir, worker?.task.workdir]).toEqual([workdir, workdir]);
    expect(launcher?.task.files).toEqual(worker?.task.files);
    expect(launcher?.task.env).toMatchObject({ ...worker?.task.env, LAUNCH_PORT: '5200' });
  });
});

test('a run on one node has the launcher alone, with nobody to wait for', () => {
  const roles = launchRoles(ranks({ nodes: 1 }), { argv: ['mpirun'] });
  expect(roles.map(({ name }) => name)).toEqual(['launcher']);
  expect(roles[0]).not.toHaveProperty('after');
  expect(roles[0]?.task).not.toHaveProperty('waitFor');
  expect(roles[0]?.task).not.toHaveProperty('usesToken');
});

test('a workload adds its own files and variables', () => {
  const files = [{ name: 'case', content: 'x' }];
  const launcher = launchRoles(ranks(), { argv: ['mpirun'], files, env: { OMP_NUM_THREADS: '1' } }).at(-1);
  expect(launcher?.task.files).toEqual(expect.arrayContaining(files));
  expect(launcher?.task.env).toMatchObject({ OMP_NUM_THREADS: '1', LAUNCH_PORT: '5200' });
});
