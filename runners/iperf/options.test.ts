import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { allowedOptions } from './options.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/workloads/iperf.md'), 'utf8');

test.each([2, 3] as const)('the page names every allowed option of iperf %d', (version) => {
  expect(allowedOptions(version).filter(({ name }) => !page.includes(`\`--${name}\``))).toEqual([]);
});

test.each([2, 3] as const)('iperf %d has no option that a parameter sets, or that changes the report', (version) => {
  const others = [
    'client',
    'port',
    'bind',
    'time',
    'parallel',
    'udp',
    'bitrate',
    'bandwidth',
    'reverse',
    'bidir',
    'length',
    'len',
    'window',
    'omit',
  ];
  const reports = [
    'json',
    'format',
    'interval',
    'logfile',
    'output',
    'file',
    'fileinput',
    'pidfile',
    'daemon',
    'title',
    'reportstyle',
    'bytes',
    'num',
  ];
  expect(allowedOptions(version).filter(({ name }) => [...others, ...reports].includes(name))).toEqual([]);
});

test.each([
  [3, 'congestion', 'bbr', true],
  [3, 'congestion', '--json', false],
  [3, 'set-mss', '1400', true],
  [3, 'set-mss', '1400 --json', false],
  [3, 'affinity', '2,3', true],
  [3, 'fq-rate', '100M', true],
  [3, 'tos', '0x10', true],
  [2, 'tcp-congestion', 'cubic', true],
  [2, 'mss', '-1', false],
] as const)('iperf %d --%s=%s: %j', (version, name, value, allowed) => {
  expect(
    allowedOptions(version)
      .find((option) => option.name === name)
      ?.value?.test(value),
  ).toBe(allowed);
});
