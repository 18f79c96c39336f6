// Disks of several workers: volumes that a run makes for itself, one for each worker or one for all, and figures that fio itself gives.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Benchmark, BenchmarkSpec } from '../../operator/api/types.ts';
import { readResults } from '../../operator/results/read.ts';
import { type Conduct, watchConduct } from './conduct.ts';
import { RealCluster } from './real-cluster.ts';
import { install } from './release.ts';
import type { Space } from './space.ts';

const workers = 3;
const load = { rw: 'randrw', size: '16Mi', runtime: '2s', ioDepth: 2, workers } as const;

/** What fio reports of one direction. */
interface Direction {
  bw_bytes: number;
  iops: number;
  clat_ns: { mean: number; stddev: number; max: number };
}
type Entry = { jobname: string } & Record<'read' | 'write', Direction>;

let cluster: RealCluster;
let conduct: Conduct;
let space: Space;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  await install(cluster);
  conduct = await watchConduct(cluster);
  space = await cluster.space('storage');
  await sharedVolume();
}, 240_000);

afterAll(async () => {
  await cluster?.kubectl(['delete', 'pv', volumeName(), '--ignore-not-found', '--wait=false']);
  await cluster?.close();
}, 60_000);

function volumeName(): string {
  return `shared-${space.name}`;
}

/** A volume that several pods may mount, as a shared file system gives it: a folder of node n1, on which all its pods are then. */
async function sharedVolume(): Promise<void> {
  const local = JSON.parse(await cluster.kubectl(['get', 'pv', 'local-n1-3', '--output', 'json'])) as { spec: object };
  const spec = { ...local.spec, accessModes: ['ReadWriteMany'], storageClassName: 'shared', claimRef: undefined };
  const volume = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: volumeName() }, spec };
  await cluster.kubectl(['create', '--filename', '-'], { input: JSON.stringify(volume) });
}

async function run(name: string, fio: NonNullable<BenchmarkSpec['fio']>, placement: BenchmarkSpec['placement'] = {}): Promise<Benchmark> {
  await space.create(name, { fio, placement: { exclusive: 'Namespace', ...placement }, results: { output: 'Always' } });
  return await space.untilPhase(name, 'Succeeded', 180_000);
}

/** How many claims were made in the namespace so far. */
async function claimsMade(): Promise<number> {
  const writes = await space.writes();
  return writes.filter(({ verb, object, code }) => verb === 'create' && object.startsWith('persistentvolumeclaims') && code === 201).length;
}

async function remaining(): Promise<string> {
  return await space.kubectl(['get', 'pvc', '--output', 'name']);
}

describe('KP-7 three workers', () => {
  test('with volumes of their own have a claim each, of which none is left', async () => {
    const before = await claimsMade();
    await run('own', { ...load, volume: { claimTemplate: { size: '1Gi' } } });
    expect((await claimsMade()) - before).toBe(workers);
    await space.wait(['pvc', '--all'], 'delete', 60);
    expect(await remaining()).toBe('');
  }, 250_000);

  test('on a shared volume have one claim together, which is not left', async () => {
    const claimTemplate = { size: '1Gi', storageClassName: 'shared', accessMode: 'ReadWriteMany', shared: true } as const;
    const before = await claimsMade();
    // All have to be where the volume is.
    await run('shared', { ...load, volume: { claimTemplate } }, { topology: 'Any' });
    expect((await claimsMade()) - before).toBe(1);
    await space.wait(['pvc', '--all'], 'delete', 60);
    expect(await remaining()).toBe('');
  }, 250_000);

  test('without a volume are refused, and told what to give', async () => {
    const words = await cluster.tryKubectl(['--namespace', space.name, 'create', '--filename', '-'], {
      input: JSON.stringify({
        apiVersion: 'assay.dev/v1alpha1',
        kind: 'Benchmark',
        metadata: { name: 'none' },
        spec: { fio: { workers, volume: {} } },
      }),
    });
    expect(words).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('exactly one of emptyDir, claimName and claimTemplate must be given'),
    });
  });
});

describe('KP-6 the figures of three workers', () => {
  let entries: Entry[];
  let figures: Map<string, number>;

  beforeAll(async () => {
    const { status } = await space.benchmark('own');
    figures = new Map(status?.metrics?.map(({ name, value }) => [name, value]));
    const report = readResults([await space.configMap('own-results')])['client-0.stdout.txt'] ?? '';
    entries = (JSON.parse(report.slice(report.search(/^\{$/m))) as { client_stats: Entry[] }).client_stats;
  });

  test('are of three workers and of all together', () => {
    expect(entries.map(({ jobname }) => jobname).toSorted()).toEqual(['All clients', ...Array.from({ length: workers }, () => 'assay')]);
  });

  test.each(['read', 'write'] as const)('are, for %ss, what fio itself says of all clients', (direction) => {
    const all = entries.find(({ jobname }) => jobname === 'All clients')?.[direction];
    const { bw_bytes, iops, clat_ns } = all ?? { bw_bytes: NaN, iops: NaN, clat_ns: { mean: NaN, stddev: NaN, max: NaN } };
    const names = ['Bandwidth', 'IOPS', 'LatencyMean', 'LatencyStdev', 'LatencyMax'].map((name) => `${direction}${name}`);
    expect(names.map((name) => figures.get(name))).toEqual([bw_bytes, iops, clat_ns.mean / 1e9, clat_ns.stddev / 1e9, clat_ns.max / 1e9]);
  });

  test.each(['read', 'write'])('have percentiles of %ss that ascend up to the maximum', (direction) => {
    const points = ['P50', 'P90', 'P95', 'P99', 'P999', 'Max'].map((point) => figures.get(`${direction}Latency${point}`) ?? NaN);
    expect(points).toEqual(points.toSorted((one, other) => one - other));
  });
});

test('the operator met no refusal and was not restarted', async () => {
  expect([await conduct.refused(), await conduct.restarts()]).toEqual([[], []]);
});
