import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { allowedOptions } from './options.ts';
import type { Kind, Settings } from './settings.ts';

const modes = ['read', 'write', 'send'] as const;
const kinds: Kind[] = ['Bandwidth', 'Latency'];
const settings: [Kind, Pick<Settings, 'mode' | 'rdmaCM'>][] = kinds.flatMap((kind) =>
  modes.flatMap((mode) => [true, false].map((rdmaCM): [Kind, Pick<Settings, 'mode' | 'rdmaCM'>] => [kind, { mode, rdmaCM }])),
);

test.each(settings)('%s with %j: no option that a parameter sets, that changes the report, opens files or names a peer', (kind, given) => {
  const taken = ['all', 'size', 'iters', 'duration', 'margin', 'qp', 'ib-dev', 'port', 'rdma_cm', 'com_rdma_cm', 'connection', 'source_ip'];
  const reports = [
    'report_gbits',
    'report-cycles',
    'report-histogram',
    'report-unsorted',
    'report-both',
    'report-per-port',
    'report-counters',
  ];
  const others = [
    'bidirectional',
    'noPeak',
    'dualport',
    'output',
    'out_json',
    'out_json_file',
    'mmap',
    'run_infinitely',
    'cpu_util',
    'reversed',
  ];
  const names = allowedOptions(kind, given).map(({ name }) => name);
  expect(names.filter((name) => [...taken, ...reports, ...others].includes(name))).toEqual([]);
});

test.each(settings)('%s with %j: no option twice, by any of its names', (kind, given) => {
  const names = allowedOptions(kind, given).flatMap(({ name, short }) => (short === undefined ? [name] : [name, short]));
  expect(names).toEqual([...new Set(names)]);
});

test.each(kinds)('the page of %s names every option', (kind) => {
  const page = readFileSync(join(import.meta.dirname, `../../docs/workloads/rdma${kind}.md`), 'utf8');
  const names = modes.flatMap((mode) => allowedOptions(kind, { mode, rdmaCM: true }).map(({ name }) => name));
  expect(names.filter((name) => !page.includes(`\`--${name}\``))).toEqual([]);
});
