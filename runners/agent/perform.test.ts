import { createServer } from 'node:net';
import { once } from 'node:events';
import { readFile, readdir, writeFile } from 'node:fs/promises';

import { describe, expect, test } from '@jest/globals';

import { assertRecord } from '../../measure/frame-record.ts';
import { parseTimestamp } from '../../measure/timestamp.ts';
import type { Assignment } from '../task.ts';
import type { Parsed, ToolOutput } from '../workload.ts';
import { perform } from './perform.ts';
import type { Surroundings } from './perform.ts';
import { assignment, script, surroundings, task, testKey, workload } from './testing.ts';

const identity = { workload: 'any', role: 'client', index: 0 };

async function performed(given: Assignment, changes: Partial<Surroundings> = {}) {
  await using around = await surroundings(changes);
  const record = await perform(given, identity, around);
  assertRecord(record);
  return { record, notes: around.notes };
}

describe('a good run', () => {
  test('gives the metrics, the window around the tool alone, and the command line as run', async () => {
    const { record } = await performed(assignment({ task: task({ argv: ['sleep', '0.1'] }) }));
    expect(record).toMatchObject({ outcome: 'Succeeded', metrics: [{ name: 'elapsed' }], tool: { argv: ['sleep', '0.1'], exitCode: 0 } });
    const { startedAt = '', finishedAt = '' } = record.window ?? {};
    const length = (parseTimestamp(finishedAt) ?? 0) - (parseTimestamp(startedAt) ?? 0);
    expect(length).toBeGreaterThanOrEqual(100_000);
    expect(length).toBeLessThan(1_000_000);
  });

  test('hands the parser everything that the tool left, and the parameters', async () => {
    let seen: [ToolOutput, object | undefined] | undefined;
    const parse = (output: ToolOutput, parameters?: object): Parsed => {
      seen = [output, parameters];
      return { ok: true, metrics: [] };
    };
    const given = assignment({ parameters: { duration: '1s' }, task: task({ argv: ['sh', '-c', 'echo a; echo b >&2'] }) });
    await performed(given, { workloads: { any: workload(parse) } });
    expect(seen).toEqual([{ stdout: 'a\n', stderr: 'b\n', exitCode: 0, signal: null, elapsed: expect.any(Number) }, { duration: '1s' }]);
  });

  test('KP-17 has the address of the interface that the network names as its own, whatever the primary one is', async () => {
    const given = assignment({ interface: 'lo', output: 'Always', task: task({ argv: ['echo', { address: 'self' }] }) });
    const { record } = await performed(given, { env: { PATH: process.env['PATH'], POD_IPS: '10.0.0.7' } });
    expect(record.output?.stdout).toBe('127.0.0.1\n');
  });

  test('runs in a folder with the files of the task', async () => {
    await using around = await surroundings();
    const files = [{ name: 'job.fio', content: '[job]\n' }];
    const argv = ['sh', '-c', 'cat job.fio > copy'];
    await perform(assignment({ task: task({ argv, files, workdir: '/data' }) }), identity, around);
    expect(await readFile(`${around.root}/data/copy`, 'utf8')).toBe('[job]\n');
  });
});

describe('the tool sees', () => {
  test('no variable of Assay and no trace of the key', async () => {
    const env = { PATH: process.env['PATH'], ASSAY_TASK: JSON.stringify(assignment()), ASSAY_ROOT: '/x', MINE: '1' };
    const given = assignment({ output: 'Always', task: task({ argv: ['env'], env: { EXTRA: '2' } }) });
    const { record } = await performed(given, { env });
    const seen = record.output?.stdout ?? '';
    expect(seen).toContain('MINE=1');
    expect(seen).toContain('EXTRA=2');
    expect(seen).not.toContain('ASSAY');
    expect(seen).not.toContain(testKey);
  });
});

const failing = (parse: () => Parsed) => ({
  workloads: { any: workload(parse, { iperf3: 'iperf3', 'no-such-tool': 'no-such-package' }) },
});
const good = (): Parsed => ({ ok: true, metrics: [] });

describe('a failing run', () => {
  test.each<[string, Assignment, () => Parsed, string, string]>([
    [
      'a missing tool',
      assignment({ task: task({ argv: ['no-such-tool'] }) }),
      good,
      'ToolMissing',
      'no-such-tool is not installed; apt-get install no-such-package',
    ],
    [
      'a missing tool of no known package',
      assignment({ task: task({ argv: ['nowhere'] }) }),
      good,
      'ToolMissing',
      'nowhere is not installed',
    ],
    [
      'a tool that cannot be run',
      assignment({ task: task({ argv: [import.meta.filename] }) }),
      good,
      'ToolFailed',
      `${import.meta.filename} cannot be started`,
    ],
    ['an argument that no system takes', assignment({ task: task({ argv: ['echo', 'a\0b'] }) }), good, 'ToolFailed', 'cannot be started'],
    [
      'an exit code',
      assignment({ task: task({ argv: ['sh', '-c', 'echo no >&2; exit 4'] }) }),
      good,
      'ToolFailed',
      'sh ended with exit code 4: no',
    ],
    ['a crash', assignment({ task: task({ argv: ['sh', '-c', 'kill -ABRT $$'] }) }), good, 'ToolCrashed', 'sh was ended by SIGABRT'],
    ['the deadline', assignment({ task: task({ argv: ['sleep', '30'], deadline: 0.1 }) }), good, 'ToolTimeout', 'deadline of 0.1 s'],
    [
      'output without a result',
      assignment(),
      () => ({ ok: false, reason: 'OutputUnparsable', message: 'no summary line' }),
      'OutputUnparsable',
      'no summary line',
    ],
    [
      'a parser that throws',
      assignment(),
      () => {
        throw new TypeError('undefined is no object');
      },
      'OutputUnparsable',
      'the parser of any failed: TypeError: undefined is no object',
    ],
    [
      'a parser that gives NaN',
      assignment(),
      () => ({ ok: true, metrics: [{ name: 'elapsed', value: Number.NaN, unit: 's', better: 'None' }] }),
      'OutputUnparsable',
      'record.metrics[0].value',
    ],
    ['an unknown workload', assignment({ workload: 'constructor' }), good, 'BadTask', 'workload constructor is not known to this agent'],
    [
      'an unknown peer',
      assignment({ task: task({ argv: ['true', { address: 'server' }] }) }),
      good,
      'BadTask',
      'the address of server 0 is not known',
    ],
    ['a script outside', assignment({ task: task({ argv: ['node', { script: '../../x' }] }) }), good, 'BadTask', 'is not below'],
    [
      'a peer that does not come',
      assignment({ peers: { server: ['127.0.0.1'] }, task: task({ waitFor: [{ role: 'server', port: 9 }], waitLimit: 0.1 }) }),
      good,
      'PeerUnreachable',
      'server 0 at 127.0.0.1 port 9 was not ready within 0.1 s',
    ],
    [
      'an interface that the pod does not have',
      assignment({ interface: 'net9' }),
      good,
      'NetworkMissing',
      'the pod has no interface net9 with an address, only lo (127.0.0.1',
    ],
    [
      'a peer behind another interface',
      assignment({ interface: 'lo', peers: { server: ['255.255.255.255'] } }),
      good,
      'NoRoute',
      'server 0 at 255.255.255.255 is not reached over lo from 127.0.0.1',
    ],
    [
      'KP-18 an interface with another MTU',
      assignment({ mtu: 1500 }),
      good,
      'MTUMismatch',
      'interface lo of the pod has an MTU of 65536, not the 1500',
    ],
    [
      'a family that the pod has no address of',
      assignment({
        ipFamily: 'IPv6',
        peers: { server: ['fd00::1'] },
        task: task({ waitFor: [{ role: 'server', port: 9 }], waitLimit: 60 }),
      }),
      good,
      'AddressMissing',
      'the pod has no IPv6 address, only 127.0.0.1',
    ],
    [
      'peers that are never told',
      assignment({ peersFile: { path: '/peers', limit: 0.1 }, task: task({ argv: ['true', { address: 'server' }] }) }),
      good,
      'PeerUnreachable',
      'the operator did not tell the addresses of server within 0.1 s',
    ],
  ])('%s', async (_, given, parse, reason, message) => {
    const { record } = await performed(given, failing(parse));
    expect(record).toMatchObject({ outcome: 'Failed', reason, message: expect.stringContaining(message), metrics: [] });
  });

  test('has no window when the tool never started', async () => {
    const { record } = await performed(assignment({ task: task({ argv: ['no-such-tool'] }) }));
    expect(record.window).toBeUndefined();
  });
});

const sleeping = (measures: boolean) => assignment({ task: task({ argv: ['sleep', '30'], measures }) });

describe('an interrupt', () => {
  test.each([
    ['before the tool started', sleeping(true), () => AbortSignal.abort(), { outcome: 'Failed', reason: 'Interrupted' }],
    ['of a measurement', sleeping(true), () => AbortSignal.timeout(200), { outcome: 'Failed', reason: 'Interrupted' }],
    ['of a server', sleeping(false), () => AbortSignal.timeout(200), { outcome: 'Succeeded', metrics: [] }],
  ])('%s', async (_, given, interrupt, expected) => {
    expect((await performed(given, { interrupt: interrupt() })).record).toMatchObject(expected);
  });
});

describe('reconnects', () => {
  const unreachable: Parsed = { ok: false, reason: 'PeerUnreachable', message: 'connection refused' };

  /** Fails to reach the peer in the first `count` runs. */
  function reluctant(count: number) {
    let runs = 0;
    return { workloads: { any: workload(() => (runs++ < count ? unreachable : { ok: true, metrics: [] })) } };
  }

  test.each([
    ['not needed', 0, 1, 'Succeeded', []],
    ['one needed and allowed', 1, 1, 'Succeeded', ['started again 1 time(s), because the peer could not be reached at first']],
    ['one needed, none allowed', 1, 0, 'Failed', []],
    ['two needed, one allowed', 2, 1, 'Failed', ['started again 1 time(s), because the peer could not be reached at first']],
  ])('%s', async (_, needed, reconnects, outcome, warnings) => {
    const { record } = await performed(assignment({ task: task({ reconnects }) }), reluctant(needed));
    expect(record).toMatchObject({ outcome, warnings });
  });

  test('the window is that of the run that counts', async () => {
    const { record } = await performed(assignment({ task: task({ reconnects: 1 }) }), reluctant(1));
    const { startedAt = '', finishedAt = '' } = record.window ?? {};
    expect((parseTimestamp(finishedAt) ?? 0) - (parseTimestamp(startedAt) ?? 0)).toBeLessThan(900_000);
  });
});

describe('peers', () => {
  test('a client starts when the agent of the server says so, with the address it was given', async () => {
    const listener = { protocol: 'TCP', port: 45_301 } as const;
    const address = '127.0.0.78';
    const server = assignment({
      role: 'server',
      task: task({
        argv: script(`setTimeout(() => require('net').createServer().listen(${listener.port}, process.env.POD_IPS), 300)`),
        measures: false,
        listens: listener,
        readyPort: 45_302,
      }),
    });
    const client = assignment({
      output: 'Always',
      peers: { server: [address] },
      task: task({
        argv: ['echo', { address: 'server', before: '--connect=' }],
        waitFor: [{ role: 'server', port: 45_302 }],
        waitLimit: 10,
      }),
    });
    const end = new AbortController();
    const serving = performed(server, { env: { PATH: process.env['PATH'], POD_IPS: address }, interrupt: end.signal });
    const { record } = await performed(client);
    expect(record.output?.stdout).toBe(`--connect=${address}\n`);
    end.abort();
    expect((await serving).record.outcome).toBe('Succeeded');
  });

  test('can come from a file below the root', async () => {
    await using around = await surroundings();
    await writeFile(`${around.root}/peers`, '{"version":1,"peers":{"server":["10.1.2.3"]}}');
    const given = assignment({
      output: 'Always',
      peersFile: { path: '/peers', limit: 5 },
      task: task({ argv: ['echo', { address: 'server' }] }),
    });
    expect((await perform(given, identity, around)).output?.stdout).toBe('10.1.2.3\n');
  });

  test('a ready port that is taken is noted, and the tool runs all the same', async () => {
    const taken = createServer().listen(45_304, '127.0.0.1');
    await once(taken, 'listening');
    const listens = { protocol: 'TCP', port: 45_304 } as const;
    const { record, notes } = await performed(assignment({ task: task({ argv: ['sleep', '0.3'], listens, readyPort: 45_304 }) }));
    taken.close();
    expect(record.outcome).toBe('Succeeded');
    expect(notes.join()).toContain('EADDRINUSE');
  });
});

test('leaves no scratch folder behind', async () => {
  await using around = await surroundings();
  const scratch = process.env['TMPDIR'];
  process.env['TMPDIR'] = around.root;
  try {
    await perform(assignment(), identity, around);
    await perform(assignment({ task: task({ argv: ['no-such-tool'] }) }), identity, around);
  } finally {
    if (scratch === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = scratch;
  }
  expect(await readdir(around.root)).toEqual(['dev']);
});
