import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { ReportSummary } from '../../operator/results/summary.ts';
import { Assay, root } from './assay.ts';
import { hardwareExamples } from './hardware-examples.ts';

const assay = new Assay();

afterAll(() => {
  assay.remove();
});

const examples = readdirSync(join(root, 'examples'));

test.each(examples.filter((name) => !(name in hardwareExamples)))(
  'examples/%s runs on this machine, and every cell has its figures',
  async (name) => {
    const { code, stdout, stderr } = await assay.run(['run', '--local', join('examples', name), '-o', 'json']);
    if (code !== 0) throw new Error(`exit ${code}: ${stderr}`);
    const reports = [JSON.parse(stdout)].flat() as ReportSummary[];
    const cells = reports.flatMap(({ kind, name: object, cells: all }) => all.map((cell) => ({ of: `${kind} ${object}`, ...cell })));
    const lacking = cells.filter(({ runs, metrics }) => runs.counted < runs.planned || Object.keys(metrics).length === 0);
    expect({ some: cells.length > 0, lacking }).toEqual({ some: true, lacking: [] });
  },
  60_000,
);

test.each(Object.entries(hardwareExamples))(
  'KP-4 KP-5 examples/%s fails as %s on this machine, with what to do',
  async (name, reason) => {
    const { code, stdout } = await assay.run(['run', '--local', join('examples', name), '-o', 'json']);
    expect({ code, told: JSON.parse(stdout) }).toMatchObject({
      code: 2,
      told: {
        phase: 'Failed',
        message: expect.stringMatching(/Unable to find the Infiniband\/RoCE device.*rdma-core.*spec\.pod\.resources\.limits/),
        cells: [{ metrics: {}, failures: [{ reason }] }],
      },
    });
  },
  60_000,
);

test.each(examples)('examples/%s begins with a comment on what it is for', (name) => {
  expect(readFileSync(join(root, 'examples', name), 'utf8')).toMatch(/^# .{20,}\n/);
});

test('the examples leave nothing behind', async () => {
  expect(assay.leftovers()).toEqual({ files: [], processes: [] });
});
