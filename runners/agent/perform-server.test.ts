import { describe, expect, test } from '@jest/globals';
import type { Task } from '../task.ts';
import type { ToolOutput, Workload } from '../workload.ts';
import { waitForPeers } from './peers.ts';
import { perform } from './perform.ts';
import { assignment, surroundings, task, workload } from './testing.ts';

// Servers that no socket table shows, and servers that end by themselves.

const identity = { workload: 'any', role: 'server', index: 0 };
const address = '127.0.0.1';
const readyPort = 45_403;

interface Changes {
  task?: Partial<Task>;
  workload?: Partial<Workload>;
}

async function serving(argv: Task['argv'], changes: Changes = {}) {
  await using around = await surroundings({ workloads: { any: { ...workload(), ...changes.workload } } });
  const given = assignment({ role: 'server', task: task({ argv, measures: false, ...changes.task }) });
  const record = await perform(given, identity, around);
  return { record, relayed: Buffer.concat(around.relayed).toString() };
}

const isReady = (limit: number) =>
  waitForPeers({ targets: [{ role: 'server', port: readyPort }], limit }, { server: [address] }, new AbortController().signal).then(
    () => true,
    () => false,
  );

describe('a server that says that it listens', () => {
  // Nobody listens on the port of `listens`, as with the RDMA connection manager.
  const says = { says: 'now I listen', listens: { protocol: 'TCP', port: 45_404 }, readyPort } as const;

  test('is ready from its word on, and not before', async () => {
    const served = serving(['sh', '-c', 'sleep 0.6; echo "* now I listen *"; sleep 1'], { task: says });
    expect(await isReady(0.3)).toBe(false);
    expect(await isReady(5)).toBe(true);
    expect((await served).relayed).toBe('* now I listen *\n');
  });

  test('is not ready by another word', async () => {
    const served = serving(['sh', '-c', 'echo "not yet"; sleep 0.5'], { task: says });
    expect(await isReady(0.3)).toBe(false);
    await served;
  });
});

describe('the end of a server', () => {
  const refusal = { ok: false, reason: 'NoRDMADevice', message: 'no device' } as const;
  const seen: ToolOutput[] = [];
  const diagnose = (output: ToolOutput) => {
    seen.push(output);
    return output.stderr.includes('device') ? refusal : undefined;
  };

  test('is what its workload makes of it', async () => {
    const { record } = await serving(['sh', '-c', 'echo "no device" >&2; exit 7'], { workload: { diagnose } });
    expect(record).toMatchObject({ outcome: 'Failed', reason: 'NoRDMADevice', message: 'no device' });
    expect(seen.at(-1)).toMatchObject({ stderr: 'no device\n', exitCode: 7, signal: null });
  });

  test.each<[string, string[], Partial<Workload>]>([
    ['where that is nothing', ['sh', '-c', 'echo broken >&2; exit 3'], { diagnose }],
    ['where it makes nothing of ends', ['sh', '-c', 'echo "no device" >&2; exit 3'], {}],
  ])('is its exit code %s', async (_, argv, own) => {
    const { record } = await serving(argv, { workload: own });
    expect(record).toMatchObject({ outcome: 'Failed', reason: 'ToolFailed', message: expect.stringContaining('exit code 3') });
  });

  test('is good when its tool ended well, whatever it said', async () => {
    const { record } = await serving(['sh', '-c', 'echo "no device" >&2'], { workload: { diagnose } });
    expect(record).toMatchObject({ outcome: 'Succeeded', metrics: [] });
  });

  test('is good when the pod was told to stop', async () => {
    const interrupt = AbortSignal.timeout(200);
    await using around = await surroundings({ interrupt, workloads: { any: { ...workload(), diagnose } } });
    const argv = ['sh', '-c', 'echo "no device" >&2; sleep 5'];
    const record = await perform(assignment({ role: 'server', task: task({ argv, measures: false }) }), identity, around);
    expect(record).toMatchObject({ outcome: 'Succeeded' });
  });
});
