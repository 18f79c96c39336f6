import { once } from 'node:events';
import { connect } from 'node:net';
import { basename } from 'node:path';
import { text } from 'node:stream/consumers';

import { describe, expect, test } from '@jest/globals';

import { fileLimit } from './log-file.ts';
import { processesNaming } from './leftovers.ts';
import type { Pod } from './pod.ts';
import { cluster, container, pod, sh, until } from './testing.ts';

// What pods share of one machine, and what each has to itself.

const address = { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } };
const server = `
  const { createServer } = require('node:net');
  const { POD_IP, POD_NAME, PORT } = process.env;
  const server = createServer((socket) => socket.end(POD_NAME));
  server.listen(Number(PORT), POD_IP, () => console.log('port', server.address().port));
`;
const serving = (name: string, port: number): Pod =>
  pod(name, {
    containers: [
      container({
        command: ['node', '--eval', server],
        env: [address, { name: 'POD_NAME', value: name }, { name: 'PORT', value: String(port) }],
      }),
    ],
  });

type Cluster = Awaited<ReturnType<typeof cluster>>;

/** The port that a pod's server says it has. */
async function portOf(one: Cluster, name: string): Promise<number> {
  await one.inPhase('Running', name);
  return await until(async () => Number(/port (\d+)/.exec(await one.log(name))?.[1]) || undefined);
}

async function ask(host: string | undefined, port: number): Promise<string> {
  return await text(connect({ host: host ?? '', port }));
}

describe('the network', () => {
  test('two pods serve the same port, each at its own address', async () => {
    await using one = await cluster();
    await one.create(serving('first', 0));
    const port = await portOf(one, 'first');
    await one.create(serving('second', port));
    expect(await portOf(one, 'second')).toBe(port);
    const addresses = [await one.get('first'), await one.get('second')].map((found) => found?.status?.podIP);
    expect(await Promise.all(addresses.map((host) => ask(host, port)))).toEqual(['first', 'second']);
  });

  test('a pod that is gone answers no more', async () => {
    await using one = await cluster();
    await one.create(serving('first', 0));
    const port = await portOf(one, 'first');
    const host = (await one.get('first'))?.status?.podIP ?? '';
    await one.remove('first');
    await one.gone('first');
    const [error] = await once(connect({ host, port }), 'error');
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('two kubelets on one machine give no address twice', async () => {
    await using one = await cluster();
    await using other = await cluster();
    const ended = [await one.run(pod()), await other.run(pod())];
    expect(new Set(ended.map(({ pod: { status } }) => status?.podIP)).size).toBe(2);
  });
});

describe('files', () => {
  const scratch = { volumes: [{ name: 'scratch', emptyDir: {} }] };
  const volumeMounts = [{ name: 'scratch', mountPath: '/scratch' }];

  test('containers of a pod share an emptyDir', async () => {
    await using one = await cluster();
    const reader = sh('until cat $ASSAY_ROOT/scratch/x 2>/dev/null; do sleep 0.02; done', { volumeMounts });
    const writer = sh('echo shared > $ASSAY_ROOT/scratch/y; mv $ASSAY_ROOT/scratch/y $ASSAY_ROOT/scratch/x', {
      name: 'side',
      volumeMounts,
    });
    await one.run(pod('one', { ...scratch, containers: [reader, writer] }));
    expect(await one.log()).toBe('shared\n');
  });

  test('pods do not share an emptyDir', async () => {
    await using one = await cluster();
    await one.run(pod('first', { ...scratch, containers: [sh('echo mine > $ASSAY_ROOT/scratch/x', { volumeMounts })] }));
    await one.run(pod('second', { ...scratch, containers: [sh('ls $ASSAY_ROOT/scratch', { volumeMounts })] }));
    expect(await one.log('second')).toBe('');
  });

  test('two volumes at one place are refused by name', async () => {
    await using one = await cluster();
    const volumes = [...scratch.volumes, { name: 'other', emptyDir: {} }];
    const twice = container({ volumeMounts: [...volumeMounts, { name: 'other', mountPath: '/scratch' }] });
    await one.create(pod('one', { volumes, containers: [twice] }));
    const waiting = await until(async () => (await one.get())?.status?.containerStatuses?.[0]?.state.waiting);
    expect(waiting).toEqual({ reason: 'CreateContainerConfigError', message: 'volumeMounts: /scratch is taken by another volume' });
  });
});

describe('an ending', () => {
  test('by SIGKILL, as when memory runs out, tells the signal', async () => {
    await using one = await cluster();
    const { pod: ended, ending } = await one.run(pod('one', { containers: [sh('kill -KILL $$')] }));
    expect(ended.status?.phase).toBe('Failed');
    expect(ending).toMatchObject({ exitCode: 137, signal: 9, reason: 'Error' });
  });

  test('keeps 4096 bytes of a longer message, its end', async () => {
    await using one = await cluster();
    const { ending } = await one.run(pod('one', { containers: [sh('(seq 9999; printf end) > $ASSAY_ROOT/dev/termination-log')] }));
    expect(ending.message).toHaveLength(4096);
    expect(ending.message?.endsWith('9999\nend')).toBe(true);
  });

  test('is told though the message is a pipe that nobody writes', async () => {
    await using one = await cluster();
    const { ending } = await one.run(pod('one', { containers: [sh('mkfifo $ASSAY_ROOT/dev/termination-log')] }));
    expect(ending).toMatchObject({ exitCode: 0, reason: 'Completed' });
  });

  test('is told when nothing of the pod runs any more', async () => {
    await using one = await cluster();
    await one.run(pod('one', { containers: [sh('for i in $(seq 20); do setsid sleep 30 >/dev/null 2>&1 & done')] }));
    expect(await processesNaming(one.root)).toEqual([]);
  });
});

describe('a log', () => {
  test('of more output than two files keeps the end', async () => {
    await using one = await cluster();
    const { ending } = await one.run(pod('one', { containers: [sh('head -c 25000000 /dev/zero | tr "\\0" x; echo end')] }));
    const log = await one.log();
    expect(ending.exitCode).toBe(0);
    expect(log.length).toBeLessThanOrEqual(2 * fileLimit);
    expect(log.endsWith('xend\n')).toBe(true);
  });

  test('can be asked for its last lines', async () => {
    await using one = await cluster();
    await one.run(pod('one', { containers: [sh('seq 100')] }));
    const log = await one.client.log({ namespace: 'default', name: 'one' }, { container: 'main', tailLines: 2 });
    expect(log).toBe('99\n100\n');
  });
});

test('a command line names its variables and arrives unharmed', async () => {
  await using one = await cluster();
  const env = [address, { name: 'SHELL_LIKE', value: '; rm -rf "$HOME" `id`' }];
  const { pod: ended } = await one.run(
    pod('one', { containers: [container({ command: ['printf', '%s|'], args: ['$(POD_IP)', '$(SHELL_LIKE)', '$$(POD_IP)'], env })] }),
  );
  expect(await one.log()).toBe(`${ended.status?.podIP}|; rm -rf "$HOME" \`id\`|$(POD_IP)|`);
});

test('a program of the project is found below its root', async () => {
  await using one = await cluster({ project: import.meta.dirname });
  await one.run(pod('one', { containers: [container({ command: ['basename', `/app/${basename(import.meta.filename)}`] })] }));
  expect(await one.log()).toBe('machine.test.ts\n');
});
