// Results that do not fit into a termination message come through the log of a real kubelet, whatever else is in it.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Benchmark, BenchmarkSpec } from '../../operator/api/types.ts';
import type { Pod } from '../../operator/backends/pod.ts';
import { runnerStatus } from '../../operator/backends/pod.ts';
import { readResults } from '../../operator/results/read.ts';
import { type Conduct, watchConduct } from './conduct.ts';
import { implausible } from './plausible.ts';
import { RealCluster } from './real-cluster.ts';
import { install } from './release.ts';
import type { Space } from './space.ts';

let cluster: RealCluster;
let space: Space;
let conduct: Conduct;

// Pods stay, so that what they left can be looked at.
const kept = { cleanup: { pods: 'Never' }, results: { output: 'Always' }, placement: { exclusive: 'None' } } as const;

const runs: { name: string; spec: BenchmarkSpec; pod: string }[] = [
  // 16 streams with a row each for every second: about 100 kB of JSON, more than the log shows of a tool.
  { name: 'wide', spec: { iperf: { duration: '6s', streams: 16 }, ...kept }, pod: 'wide-client-0' },
  // The report of several workers carries the histograms from which they are merged.
  {
    name: 'disk',
    spec: { fio: { rw: 'randrw', size: '16Mi', runtime: '3s', blockSize: '16Ki', workers: 2 }, ...kept },
    pod: 'disk-client-0',
  },
];

beforeAll(async () => {
  cluster = await RealCluster.connect();
  await install(cluster);
  conduct = await watchConduct(cluster);
  space = await cluster.space('results');
  for (const { name, spec } of runs) {
    await space.create(name, spec);
    await space.wait([`bm/${name}`], 'condition=Complete', 90);
  }
}, 400_000);

afterAll(() => cluster?.close(), 60_000);

describe.each(runs)('$name', ({ name, pod: podName }) => {
  let benchmark: Benchmark;
  let pod: Pod;
  let files: Record<string, string>;

  beforeAll(async () => {
    benchmark = await space.benchmark(name);
    const found = (await space.pods()).find(({ metadata }) => metadata.name === podName);
    if (found === undefined) throw new Error(`${podName} is gone`);
    pod = found;
    files = readResults([await space.configMap(`${name}-results`)]);
  });

  test('the termination message only points to the log', () => {
    expect(runnerStatus(pod.status)?.state?.terminated?.message).toMatch(/^assay-frame\/1 in-log \d+ [0-9a-f]{64}\n/);
  });

  test('the record stands last in the log, behind what the tool said', async () => {
    const log = await space.kubectl(['logs', podName]);
    const frame = log.lastIndexOf('assay-frame/1 gzip+base64 ');
    expect(frame).toBeGreaterThan(1000);
    expect(
      log
        .slice(frame)
        .split('\n')
        .slice(1, -1)
        .filter((line) => line !== '' && !line.startsWith('assay-frame:')),
    ).toEqual([]);
  });

  test('the log is bounded however much the tool says', async () => {
    expect((await space.kubectl(['logs', podName])).length).toBeLessThan(512 * 1024);
  });

  test('the figures are plausible', () => {
    expect(implausible(benchmark)).toEqual([]);
  });

  test('the raw output is kept, although it would not fit beside the figures', () => {
    expect(files[`${podName.replace(`${name}-`, '')}.stdout.txt`]?.length).toBeGreaterThan(4096);
  });

  test('pods that are to stay do', () => {
    expect(pod.metadata.deletionTimestamp).toBeUndefined();
  });
});

test("iperf's own report says the same bandwidth as the status", async () => {
  const files = readResults([await space.configMap('wide-results')]);
  const report = JSON.parse(files['client-0.stdout.txt'] ?? '') as { end: { sum_received: { bits_per_second: number } } };
  const { status } = await space.benchmark('wide');
  expect(status?.metrics?.find(({ name }) => name === 'bandwidth')?.value).toBe(report.end.sum_received.bits_per_second);
});

test("values over time have a row for each of iperf's intervals, which are seconds but on a busy machine", async () => {
  const files = readResults([await space.configMap('wide-results')]);
  const { series } = JSON.parse(files['series.json'] ?? '') as { series: { name: string; values: number[] }[] };
  const { intervals } = JSON.parse(files['client-0.stdout.txt'] ?? '') as { intervals: unknown[] };
  expect(intervals.length).toBeGreaterThan(3);
  expect(series.find(({ name }) => name === 'sentBandwidth')?.values).toHaveLength(intervals.length);
});

test('the operator met no refusal and was not restarted', async () => {
  expect([await conduct.refused(), await conduct.restarts()]).toEqual([[], []]);
});
