import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

import { describe, expect, test } from '@jest/globals';

import { KubeClient } from '../../operator/kube/client.ts';
import { MemoryApi } from '../api/memory-api.ts';
import { ProcessKubelet } from './kubelet.ts';
import { folder, isAlive, namesIn, until } from './testing.ts';

const builders = pathToFileURL(join(import.meta.dirname, 'testing.ts')).href;

/** A kubelet in a process of its own: `script` is the body of a module with the builders of these tests. */
function kubeletProcess(script: string, temporary: string, prefix: string[] = []) {
  const source = `import { cluster, container, pod, sh, until } from ${JSON.stringify(builders)}; ${script}`;
  const [program, ...args] = [...prefix, process.execPath, '--no-warnings', '--input-type=module', '--eval', source];
  return spawn(program, args, { env: { PATH: process.env['PATH'], TMPDIR: temporary }, stdio: ['ignore', 'pipe', 'inherit'] });
}

// Root without a single capability is nobody in particular; who is not root has none to give up.
const unprivileged = ['setpriv', '--no-new-privs', ...(process.getuid?.() === 0 ? ['--inh-caps=-all', '--bounding-set=-all'] : [])];

describe('a kubelet in a process of its own', () => {
  test('runs pods without any privilege', async () => {
    await using own = await folder();
    const child = kubeletProcess(
      `await using one = await cluster();
       const { ending } = await one.run(pod('one', { containers: [sh('grep CapEff /proc/self/status')] }));
       console.log(ending.exitCode, await one.log());`,
      own.path,
      unprivileged,
    );
    expect((await text(child.stdout)).trim().split(/\s+/)).toEqual(['0', 'CapEff:', '0'.repeat(16)]);
  });

  test('ends by itself after its stop, and leaves nothing', async () => {
    await using own = await folder();
    const child = kubeletProcess(
      `await using one = await cluster();
       await one.create(pod('one', { activeDeadlineSeconds: 600, containers: [container({ command: ['sleep', '30'] })] }));
       await one.inPhase('Running');`,
      own.path,
    );
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await namesIn(own.path)).toEqual([]);
  });

  test('takes its agents and their tools along when it is killed', async () => {
    await using own = await folder();
    const child = kubeletProcess(
      `const one = await cluster();
       const task = { argv: ['sh', '-c', 'echo tool $$; exec sleep 30'], measures: true, deadline: 60 };
       const assignment = { version: 1, workload: 'sleep', role: 'any', parameters: { duration: '30s' }, task, key: '7a'.repeat(32), output: 'Never' };
       const env = [{ name: 'ASSAY_TASK', value: JSON.stringify(assignment).replaceAll('$', '$$$$') }];
       await one.create(pod('one', { containers: [container({ command: ['node', '/app/runners/agent/main.ts'], env })] }));
       await one.inPhase('Running');
       console.log(await until(async () => /tool [0-9]+/.exec(await one.log())?.[0]));`,
      own.path,
    );
    const [said] = await once(child.stdout, 'data');
    const tool = Number(/tool (\d+)/.exec(String(said))?.[1]);
    expect(await isAlive(tool)).toBe(true);
    child.kill('SIGKILL');
    expect(await until(async () => ((await isAlive(tool)) ? undefined : 'ended'))).toBe('ended');
  });
});

describe('a kubelet that cannot start', () => {
  test('says where it has no folder to work in', async () => {
    const kubelet = new ProcessKubelet({ client: new KubeClient(new MemoryApi()), root: '/nonexistent' });
    await expect(kubelet.start()).rejects.toThrow('/nonexistent');
    await expect(kubelet.stop()).resolves.toBeUndefined();
  });

  test('leaves no folder when the API server is gone', async () => {
    await using own = await folder();
    const api = new MemoryApi();
    await api.close();
    const kubelet = new ProcessKubelet({ client: new KubeClient(api), root: own.path });
    await expect(kubelet.start()).rejects.toThrow('closed');
    await kubelet.stop();
    expect(await namesIn(own.path)).toEqual([]);
  });
});
