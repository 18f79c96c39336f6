import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mappedAddress } from '../../local/kubelet/addresses.ts';
import type { ResultRecord } from '../../measure/record.ts';
import type { Surroundings } from '../../runners/agent/perform.ts';
import { perform } from '../../runners/agent/perform.ts';
import type { FioParameters } from '../../runners/fio/parameters.ts';
import { parameters as fioParameters } from '../../runners/fio/testing.ts';
import { parameters as iperfParameters } from '../../runners/iperf/testing.ts';
import { parameters as openFoamParameters } from '../../runners/openFoam/testing.ts';
import { workloads } from '../../runners/registry.ts';
import type { RolePlan, Workload } from '../../runners/workload.ts';

// The plans with the real tools: what a pod's agent would run, on loopback addresses of this machine.

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'workloads-'));
});

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

let runs = 0;

/** The address of a pod, by run, kind and index. */
type Addresses = (run: number, kind: number, index: number) => string;

const ofIPv4: Addresses = (number, kind, index) => `127.0.${number + 100}.${kind * 50 + index + 1}`;
/** The one real address of IPv6 that needs no set-up, the same for all pods. */
const loopback: Addresses = () => '::1';

/** What pods of local mode have for IPv6, another one for each. */
const mapped: Addresses = (...place) => mappedAddress(ofIPv4(...place));

/** Runs all pods of a plan and gives the record of the one whose end ends the run. */
async function run(name: string, parameters: object, addressOf = ofIPv4): Promise<ResultRecord> {
  const workload = workloads[name];
  if (workload === undefined) throw new Error(`no workload ${name}`);
  const number = ++runs;
  const plan = workload.plan(parameters);
  const peers = Object.fromEntries(
    plan.map((role, kind) => [role.name, Array.from({ length: role.replicas }, (_, index) => addressOf(number, kind, index))]),
  );
  const over = new AbortController();
  const pods = plan.flatMap((role) =>
    (peers[role.name] ?? []).map((address, index) => ({ role, index, record: pod(workload, role, index, address, over.signal) })),
  );

  async function pod(of: Workload, role: RolePlan, index: number, address: string, interrupt: AbortSignal): Promise<ResultRecord> {
    const folder = join(root, `${number}-${role.name}-${index}`);
    await mkdir(folder);
    const identity = { workload: of.name, role: role.name, index };
    const surroundings: Surroundings = {
      env: { PATH: process.env['PATH'], POD_IPS: address },
      workloads,
      scripts: join(import.meta.dirname, '../../runners'),
      root: folder,
      interrupt,
      relay: () => undefined,
      note: () => undefined,
    };
    const assignment = {
      version: 1,
      workload: of.name,
      role: role.name,
      parameters,
      task: role.task,
      peers,
      key: '00',
      output: 'OnFailure',
    } as const;
    return perform(assignment, identity, surroundings);
  }

  const last = pods.find(({ role }) => role.ends);
  if (last === undefined) throw new Error('no role ends the run');
  const record = await last.record;
  over.abort();
  await Promise.all(pods.map(async (one) => one.record));
  return record;
}

function values({ metrics }: ResultRecord): Record<string, number> {
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

const positive = expect.any(Number);

describe('sleep and cpusoaker', () => {
  test('sleep', async () => {
    const record = await run('sleep', { duration: '200ms' });
    expect(record).toMatchObject({ outcome: 'Succeeded' });
    expect(values(record)['measuredTime']).toBeGreaterThanOrEqual(0.2);
  });

  test('cpusoaker', async () => {
    const record = await run('cpusoaker', { workers: 2, duration: '300ms' });
    expect(record).toMatchObject({ outcome: 'Succeeded' });
    expect(values(record)).toMatchObject({ iterationsPerSecond: positive, iterationsPerCPUSecond: positive });
  });
});

describe('iperf', () => {
  test.each([
    ['TCP', { streams: 2 }, ['bandwidth', 'sentBandwidth', 'transferred', 'retransmits', 'clientCPU', 'serverCPU']],
    [
      'TCP with every option',
      { omit: '1s', length: '64Ki', window: '128Ki', extraArgs: ['--no-delay', '-M', '1400'] },
      ['bandwidth', 'retransmits'],
    ],
    ['TCP backwards', { reverse: true }, ['bandwidth']],
    ['TCP both ways', { bidirectional: true }, ['bandwidth', 'reverseBandwidth', 'reverseRetransmits']],
    ['UDP', { protocol: 'UDP' as const, bitrate: '20M', length: '1400' }, ['bandwidth', 'jitter', 'loss']],
    ['UDP both ways', { protocol: 'UDP' as const, bitrate: '20M', length: '1400', bidirectional: true }, ['bandwidth', 'reverseLoss']],
    ['TCP with iperf 2', { version: 2 as const, streams: 2 }, ['bandwidth', 'retransmits']],
    ['TCP backwards with iperf 2', { version: 2 as const, reverse: true }, ['bandwidth', 'transferred']],
    ['TCP both ways with iperf 2', { version: 2 as const, bidirectional: true }, ['bandwidth', 'reverseBandwidth']],
    [
      'UDP with iperf 2',
      { version: 2 as const, protocol: 'UDP' as const, bitrate: '20M', length: '1400' },
      ['bandwidth', 'loss', 'jitter'],
    ],
  ])(
    '%s',
    async (_, changes, metrics) => {
      const record = await run('iperf', iperfParameters({ duration: '2s', ...changes }));
      expect(record).toMatchObject({ outcome: 'Succeeded' });
      expect(Object.keys(values(record))).toEqual(expect.arrayContaining(metrics));
      expect(values(record)['bandwidth']).toBeGreaterThan(1e6);
    },
    30_000,
  );
});

describe('over IPv6', () => {
  const port = 5701;

  test.each([
    ['TCP', {}],
    ['UDP', { protocol: 'UDP' as const, bitrate: '20M', length: '1400' }],
    ['TCP backwards', { reverse: true }],
    ['TCP with iperf 2', { version: 2 as const, streams: 2 }],
    ['TCP backwards with iperf 2', { version: 2 as const, reverse: true }],
    ['TCP both ways with iperf 2', { version: 2 as const, bidirectional: true }],
    ['UDP with iperf 2', { version: 2 as const, protocol: 'UDP' as const, bitrate: '20M', length: '1400' }],
  ])(
    '%s',
    async (_, changes) => {
      const record = await run('iperf', iperfParameters({ duration: '2s', port, ...changes }), loopback);
      expect(record).toMatchObject({ outcome: 'Succeeded' });
      expect(values(record)['bandwidth']).toBeGreaterThan(1e6);
    },
    30_000,
  );

  // fio's port is fixed, so that its workers need an address each; that of the local kubelet's pods.
  test('fio with several workers', async () => {
    const small = { size: '8Mi', runtime: '1s', direct: false, engine: 'psync', workers: 2 } as const;
    const record = await run('fio', fioParameters(small), mapped);
    expect(record).toMatchObject({ outcome: 'Succeeded' });
    expect(values(record)).toMatchObject({ readIOPS: positive });
  }, 30_000);
});

describe('fio', () => {
  const small = { size: '8Mi', runtime: '1s', direct: false, engine: 'psync' } as const;

  test.each<[string, Partial<FioParameters>, string[]]>([
    ['one worker', { rw: 'randrw', readPercent: 70 }, ['readIOPS', 'writeIOPS', 'readLatencyP99']],
    [
      'several workers, merged',
      { workers: 3, rw: 'randread', jobs: 2 },
      ['readIOPS', 'readLatencyP50', 'readLatencyP999', 'readLatencyMax'],
    ],
    ['a job file', { jobFile: '[a]\nrw=read\nbs=64k\n[b]\nrw=write\nthinktime=1ms\n' }, ['readBandwidth', 'writeBandwidth']],
    ['a job file for several workers', { workers: 2, jobFile: '[a]\nrw=randwrite\n' }, ['writeIOPS']],
    ['further options', { extraArgs: ['--norandommap=1', '--fsync=16'], rw: 'write', rate: '4Mi' }, ['writeBandwidth']],
  ])(
    '%s',
    async (_, changes, metrics) => {
      const record = await run('fio', fioParameters({ ...small, ...changes }));
      expect(record).toMatchObject({ outcome: 'Succeeded' });
      expect(Object.keys(values(record))).toEqual(expect.arrayContaining(metrics));
    },
    30_000,
  );

  test.each<[FioParameters['rw'], string[]]>([
    ['read', ['readBandwidth']],
    ['write', ['writeBandwidth']],
    ['randread', ['readBandwidth']],
    ['randwrite', ['writeBandwidth']],
    ['rw', ['readBandwidth', 'writeBandwidth']],
    ['randrw', ['readBandwidth', 'writeBandwidth']],
  ])(
    'KP-6 %s moves bytes its own way only, with latencies and their deviation',
    async (rw, ways) => {
      const record = await run('fio', fioParameters({ ...small, rw }));
      const names = Object.keys(values(record));
      expect(names.filter((name) => name.endsWith('Bandwidth'))).toEqual(ways);
      expect(names.filter((name) => /Latency(Mean|Stdev|P99)$/.test(name))).toHaveLength(3 * ways.length);
    },
    30_000,
  );

  test('leaves no file behind on its volume', async () => {
    await run('fio', fioParameters({ ...small, workers: 2 }));
    const folders = ['worker-0', 'worker-1'].map((worker) => join(root, `${runs}-${worker}`, 'data'));
    expect(await Promise.all(folders.map(async (folder) => readdir(folder)))).toEqual([[], []]);
  }, 30_000);
});

describe('openFoam', () => {
  const small = { cells: 16, steps: 3 };

  test.each([
    ['one rank', {}],
    ['two ranks', { processes: 2 }],
    ['GAMG', { solver: 'GAMG' }],
    ['GAMGPCG, as many iterations each step', { solver: 'GAMGPCG', iterations: 2, processes: 2 }],
  ] as const)(
    'KP-3 %s',
    async (_, changes) => {
      const record = await run('openFoam', openFoamParameters({ ...small, ...changes }));
      expect(record).toMatchObject({ outcome: 'Succeeded', tool: { version: 'OpenFOAM 1912' } });
      expect(values(record)).toMatchObject({ cells: 4096, wallTime: positive, userTime: positive, systemTime: positive });
    },
    60_000,
  );
});
