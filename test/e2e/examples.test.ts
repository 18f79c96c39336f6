// Every file in examples/ as a user runs it: kubectl apply, kubectl wait, and figures that can be true.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Benchmark } from '../../operator/api/types.ts';
import { root } from '../cluster/images/images.ts';
import { hardwareExamples } from '../integration/hardware-examples.ts';
import { type Conduct, watchConduct } from './conduct.ts';
import { implausible } from './plausible.ts';
import { RealCluster } from './real-cluster.ts';
import { install } from './release.ts';
import type { Space } from './space.ts';

const folder = join(root, 'examples');
const examples = readdirSync(folder).filter((file) => !(file in hardwareExamples));

let cluster: RealCluster;
let conduct: Conduct;
const spaces = new Map<string, Space>();

beforeAll(async () => {
  cluster = await RealCluster.connect();
  await install(cluster);
  conduct = await watchConduct(cluster);
  // All at once: the admission queue keeps them from disturbing each other, and the next pods are made while the last ones end.
  for (const file of examples) {
    const space = await cluster.space(file.replace(/\..*/, ''));
    await space.kubectl(['apply', '--filename', join(folder, file)]);
    spaces.set(file, space);
  }
}, 300_000);

afterAll(() => cluster?.close(), 60_000);

function spaceOf(file: string): Space {
  const space = spaces.get(file);
  if (space === undefined) throw new Error(`${file} was not applied`);
  return space;
}

describe.each(examples)('examples/%s', (file) => {
  let runs: Benchmark[];

  test('is Complete when kubectl has waited', async () => {
    const space = spaceOf(file);
    const kinds = (await space.kubectl(['get', 'bms', '--output', 'name'])) === '' ? 'bm' : 'bms';
    await space.wait([kinds, '--all'], 'condition=Complete', 420);
    runs = await space.benchmarks();
    expect(runs.filter(({ status }) => status?.phase !== 'Succeeded')).toEqual([]);
  }, 450_000);

  test('KP-37 its figures are plausible, times included', () => {
    expect(runs.flatMap(implausible)).toEqual([]);
  });

  test('its results are in a ConfigMap, every cell with as many runs as planned', async () => {
    const space = spaceOf(file);
    const names = (await space.kubectl(['get', 'bm,bms', '--output', 'jsonpath={.items[*].status.resultsRef.name}'])).split(' ');
    const summaries = await Promise.all(names.map((name) => space.summary(name)));
    const cells = summaries.flatMap((summary) => summary.cells);
    const lacking = cells.filter((cell) => cell.runs.counted < cell.runs.planned || Object.keys(cell.metrics).length === 0);
    expect({ some: cells.length > 0, lacking }).toEqual({ some: true, lacking: [] });
  });

  test('its pods and claims are gone', async () => {
    const space = spaceOf(file);
    await space.untilNoPods(60_000);
    await space.wait(['pvc', '--all'], 'delete', 60);
  }, 130_000);
});

test('the operator met no refusal and was not restarted', async () => {
  expect([await conduct.refused(), await conduct.restarts()]).toEqual([[], []]);
});
